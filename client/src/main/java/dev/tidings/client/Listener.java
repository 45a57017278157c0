package dev.tidings.client;

/// A listener that is there, until it or its bus is closed.
public interface Listener extends AutoCloseable {
    /// Begins nothing more, lets handlers finish and confirms what they did, within [Firing#closing]. What
    /// was not begun goes to other processes of the service, or comes again; inside one process it is what
    /// [UndeliveredException] names.
    @Override
    void close();
}
