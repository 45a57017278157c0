package dev.tidings.client;

/// A service has a listener of that name already. Each is a group of its own at the broker, so two of one
/// name would share their events instead of getting all of them each.
public final class DuplicateListenerNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param service  that of the bus
    /// @param listener the name that is taken
    public DuplicateListenerNameException(String service, String listener) {
        super("service '" + service + "' has a listener '" + listener + "' already; give this one another name");
    }
}
