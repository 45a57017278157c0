package dev.tidings.server.http;

import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;

/// Told of requests that are answered with an error, for metrics; called by any thread.
public interface Refusals {
    Refusals NONE = new Refusals() {
        @Override
        public void refused(ErrorCode code) {}

        @Override
        public void overQuota(ClientName client) {}
    };

    /// A request was answered with this error.
    void refused(ErrorCode code);

    /// A request of this client was refused because of one of its quotas; told besides [#refused].
    void overQuota(ClientName client);
}
