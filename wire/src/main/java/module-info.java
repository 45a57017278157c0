/// CloudEvents over HTTP and WebSocket: one codec for server and client.
module dev.tidings.wire {
    requires transitive dev.tidings.model;
    requires static transitive org.jspecify;

    exports dev.tidings.wire;
    exports dev.tidings.wire.json to
            dev.tidings.filter;
}
