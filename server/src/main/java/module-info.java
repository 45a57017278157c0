/// The server: HTTP, WebSocket, authentication, administration, metrics.
module dev.tidings.server {
    requires transitive dev.tidings.broker;
    requires transitive dev.tidings.engine;
    requires transitive dev.tidings.model;
    requires transitive dev.tidings.wire;
    requires static transitive org.jspecify;
    requires com.github.luben.zstd_jni;
    requires com.nimbusds.jose.jwt;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.compression;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.vertx.core;
    requires java.net.http;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires io.prometheus.metrics.model;
    requires org.slf4j;
    requires tools.jackson.core;

    exports dev.tidings.server;
    exports dev.tidings.server.admin;
    exports dev.tidings.server.auth;
    exports dev.tidings.server.health;
    exports dev.tidings.server.http;
    exports dev.tidings.server.metrics;
    exports dev.tidings.server.payloads;
    exports dev.tidings.server.polling;
    exports dev.tidings.server.streams;
    exports dev.tidings.server.subscriptions;
    exports dev.tidings.server.tls;
    exports dev.tidings.server.websocket;
}
