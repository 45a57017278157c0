package dev.tidings.client;

/// Thrown by a handler: this event can never be handled. It is reported as dead, with this message, and kept
/// by the broker until somebody looks at it.
public final class DeadEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param why becomes the attribute `error` of the report
    public DeadEventException(String why) {
        super(why);
    }

    /// @param why becomes the attribute `error` of the report; the cause stays in the program
    public DeadEventException(String why, Throwable cause) {
        super(why, cause);
    }
}
