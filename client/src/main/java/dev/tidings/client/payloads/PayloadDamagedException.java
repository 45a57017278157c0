package dev.tidings.client.payloads;

import java.io.IOException;

/// What has arrived is not what was sent: something on the way, or on a disk, has changed it.
public final class PayloadDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param what was expected, and what was found
    public PayloadDamagedException(String what) {
        super(what);
    }
}
