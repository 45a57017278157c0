/// Wiring, configuration and main.
module dev.tidings.dist {
    requires dev.tidings.broker;
    requires dev.tidings.cli;
    requires dev.tidings.engine;
    requires dev.tidings.engine.segmented;
    requires dev.tidings.model;
    requires dev.tidings.node;
    requires static transitive org.jspecify;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires info.picocli;
    requires java.net.http;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    opens dev.tidings.dist to
            info.picocli;
    opens dev.tidings.dist.demo to
            info.picocli;
}
