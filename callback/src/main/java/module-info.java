/// Delivery of events to HTTP sinks.
module dev.tidings.callback {
    requires transitive dev.tidings.broker;
    requires transitive dev.tidings.model;
    requires dev.tidings.engine;
    requires dev.tidings.wire;
    requires static transitive org.jspecify;
    requires io.netty.common;
    requires io.netty.resolver.dns;
    requires io.netty.transport;
    requires io.vertx.core;
    requires org.slf4j;

    exports dev.tidings.callback;
    exports dev.tidings.callback.delivery;
    exports dev.tidings.callback.sink;
}
