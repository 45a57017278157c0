package dev.tidings.client;

/// The broker could not be reached in time, or could not store: whether it has the events is not known.
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param why the last of the tries failed
    public UnavailableException(String why) {
        super(why);
    }
}
