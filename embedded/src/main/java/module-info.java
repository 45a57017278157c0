/// The whole broker inside the JVM of a program: what `Tidings.embedded` of the SDK finds.
module dev.tidings.embedded {
    requires dev.tidings.client;
    requires dev.tidings.node;
    requires static transitive org.jspecify;
    requires org.slf4j;

    provides dev.tidings.client.embedding.BrokerStarter with
            dev.tidings.embedded.NodeStarter;
}
