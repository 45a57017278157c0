package dev.tidings.client;

/// Handles the payloads of events. What it is called for is confirmed when it returns, and not before.
///
/// @param <T> what the payload is read as
@FunctionalInterface
public interface Handler<T> {
    /// Called by a thread of the listener; for events of one key in their order, one after the other. An
    /// event may come more than once.
    ///
    /// @throws RetryLaterException where the event can't be handled now: it is given back, and comes again
    /// @throws DeadEventException where the event can never be handled: it is reported as dead at once
    /// @throws Exception          whatever failed: it is tried again, see [Retrying]
    void handle(T data) throws Exception;
}
