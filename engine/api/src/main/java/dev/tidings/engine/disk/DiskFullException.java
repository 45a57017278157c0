package dev.tidings.engine.disk;

import java.io.IOException;

/// No space left, or the quota is used up.
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1;

    public DiskFullException(String message) {
        super(message);
    }

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
