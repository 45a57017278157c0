package dev.tidings.client;

/// The directory of [Firing#withSpool] cannot be used, or an event could not be written there: then nothing of that
/// event was kept, and the next one may find room again.
public final class SpoolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message what was tried, and why it failed
    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
