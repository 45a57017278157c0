/// A node: engine, broker and server wired together, and its configuration.
module dev.tidings.node {
    requires transitive dev.tidings.broker;
    requires transitive dev.tidings.callback;
    requires transitive dev.tidings.engine.segmented;
    requires transitive dev.tidings.server;
    requires dev.tidings.engine;
    requires dev.tidings.model;
    requires static transitive org.jspecify;
    requires java.net.http;
    requires org.slf4j;

    exports dev.tidings.node;
}
