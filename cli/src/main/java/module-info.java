/// The commands that talk to a broker.
module dev.tidings.cli {
    requires transitive dev.tidings.model;
    requires transitive info.picocli;
    requires static transitive org.jspecify;
    requires java.net.http;
    requires jdk.httpserver;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports dev.tidings.cli;

    opens dev.tidings.cli to
            info.picocli;
}
