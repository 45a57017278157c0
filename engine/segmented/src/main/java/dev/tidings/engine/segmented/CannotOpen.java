package dev.tidings.engine.segmented;

import java.io.IOException;

/// A store that cannot be opened, for a reason that its owner can do something about; the message is one line that
/// says what.
public final class CannotOpen extends IOException {
    private static final long serialVersionUID = 1;

    public CannotOpen(String message) {
        super(message);
    }

    public CannotOpen(String message, Throwable cause) {
        super(message, cause);
    }
}
