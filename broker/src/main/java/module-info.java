/// The decisions: who may publish what, which instance gets which event, what becomes of dead ones.
module dev.tidings.broker {
    requires transitive dev.tidings.engine;
    requires transitive dev.tidings.filter;
    requires transitive dev.tidings.model;
    requires dev.tidings.wire;
    requires static transitive org.jspecify;
    requires com.networknt.schema;
    requires io.github.bucket4j.core;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports dev.tidings.broker;
    exports dev.tidings.broker.catalog;
    exports dev.tidings.broker.consuming;
    exports dev.tidings.broker.dead;
    exports dev.tidings.broker.lanes;
    exports dev.tidings.broker.loop;
    exports dev.tidings.broker.pressure;
    exports dev.tidings.broker.payloads;
    exports dev.tidings.broker.publishing;
    exports dev.tidings.broker.quotas;
    exports dev.tidings.broker.schemas;
    exports dev.tidings.broker.subscriptions;
    exports dev.tidings.broker.streams;
}
