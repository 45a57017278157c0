/// CloudEvents over HTTP and WebSocket: one codec for server and client.
module dev.tidings.wire {
    requires transitive dev.tidings.model;
    requires static transitive org.jspecify;
    requires tools.jackson.core;

    exports dev.tidings.wire;
}
