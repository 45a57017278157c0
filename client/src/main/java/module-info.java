/// The Java SDK: takes part in an exchange without knowing its protocol.
module dev.tidings.client {
    requires transitive dev.tidings.model;
    requires transitive io.cloudevents.api;
    requires transitive java.net.http;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires static jsr305;
    requires static micrometer.core;
    requires static io.opentelemetry.api;
    requires static io.opentelemetry.context;
    requires dev.tidings.wire;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    uses dev.tidings.client.embedding.BrokerStarter;

    exports dev.tidings.client;
    exports dev.tidings.client.embedding;
    exports dev.tidings.client.inbox;
    exports dev.tidings.client.backoff to
            dev.tidings.outbox;
    exports dev.tidings.client.metrics;
    exports dev.tidings.client.payloads;
    exports dev.tidings.client.streams;
    exports dev.tidings.client.subscriptions;
    exports dev.tidings.client.tracing;
    exports dev.tidings.client.webhooks;
}
