package dev.tidings.client.webhooks;

/// A request to a web hook is not from whom it should be, or is too old: it is to be answered with 401, and nothing
/// of it to be believed.
public final class NotGenuineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param why for the program's log; whoever asks need not be told
    public NotGenuineException(String why) {
        super(why);
    }
}
