package dev.tidings.client;

import dev.tidings.model.DataSize;

/// More was fired than the broker takes; nothing of this event was kept.
public final class BufferFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param buffer that had no room
    public BufferFullException(DataSize buffer) {
        super("the buffer of " + buffer + " is full: the broker is away or slower than the program; "
                + "fire less, wait for flush(), or give it a larger buffer or more patience");
    }
}
