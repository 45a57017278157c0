/// The transactional outbox of the Java SDK: events that are published if, and only if, a transaction of the
/// program's own database commits.
module dev.tidings.outbox {
    requires transitive dev.tidings.client;
    requires static transitive org.jspecify;
    requires static jsr305;
    requires static org.checkerframework.checker.qual;
    requires static org.postgresql.jdbc;
    requires dev.tidings.wire;
    requires org.slf4j;

    exports dev.tidings.outbox;
}
