/// The commands that talk to a broker.
module dev.tidings.cli {
    requires transitive dev.tidings.model;
    requires dev.tidings.wire;
    requires static transitive org.jspecify;
    requires transitive info.picocli;
}
