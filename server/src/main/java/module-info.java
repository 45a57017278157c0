/// The server: HTTP, WebSocket, authentication, administration, metrics.
module dev.tidings.server {
    requires transitive dev.tidings.broker;
    requires transitive dev.tidings.engine;
    requires transitive dev.tidings.model;
    requires dev.tidings.wire;
    requires static transitive org.jspecify;
    requires org.slf4j;
}
