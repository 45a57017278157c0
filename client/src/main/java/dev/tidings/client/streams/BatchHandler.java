package dev.tidings.client.streams;

/// Takes what a stream brings.
@FunctionalInterface
public interface BatchHandler {
    /// Called by the thread that follows, for one batch after the other; never for one without events. Whoever stores
    /// [StreamBatch#next] together with what it made of the events, and goes on there, has seen each event once.
    ///
    /// @throws Exception whatever failed: the same batch comes again, after 0.5, 1, 2, … 30 seconds
    void handle(StreamBatch batch) throws Exception;
}
