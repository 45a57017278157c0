package dev.tidings.embedded;

import dev.tidings.client.embedding.EmbeddedBroker;
import dev.tidings.node.Node;
import java.net.URI;
import java.util.Collection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node in the hands of a program.
final class EmbeddedNode implements EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedNode.class);

    private final Node node;
    private final String key;
    private final OpenCatalog types;
    private boolean closed;

    private EmbeddedNode(Node node, String key, OpenCatalog types) {
        this.node = node;
        this.key = key;
        this.types = types;
    }

    static EmbeddedNode of(Node node, String key, Consumer<String> onStoreFailure) {
        EmbeddedNode embedded = new EmbeddedNode(node, key, OpenCatalog.over(node.catalogs()));
        node.onFailure(why ->
                Thread.ofPlatform().daemon().name("tidings-stop").start(() -> embedded.stop(why, onStoreFailure)));
        return embedded;
    }

    /// The process is somebody else's and goes on; what is left of the broker could take nothing any more.
    private void stop(String why, Consumer<String> told) {
        LOG.error("the store failed, nothing more can be acknowledged: {}", why);
        close();
        told.accept(why);
    }

    @Override
    public URI address() {
        return URI.create(node.address());
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public void know(Collection<String> names) {
        types.know(names);
    }

    @Override
    public void catchUp() {
        node.catchUp();
    }

    @Override
    public int inHand(String group) {
        return node.inFlight(group);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            node.close();
        }
    }
}
