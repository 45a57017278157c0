package dev.tidings.broker.publishing;

import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;

/// Told what publishing does, for metrics; called on any thread, so it must be quick and must not throw.
public interface PublishObserver {
    PublishObserver NONE = new PublishObserver() {
        @Override
        public void accepted(ClientName client, int events, int duplicates, long bytes) {}

        @Override
        public void refused(ErrorCode code) {}
    };

    /// A request is durable.
    ///
    /// @param events     how many it held, duplicates among them
    /// @param duplicates how many of them had been stored before
    /// @param bytes      the size of their JSON
    void accepted(ClientName client, int events, int duplicates, long bytes);

    void refused(ErrorCode code);
}
