package dev.tidings.embedded;

import dev.tidings.client.embedding.BrokerStarter;
import dev.tidings.client.embedding.EmbeddedBroker;
import dev.tidings.client.embedding.EmbeddedConfig;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.model.DataSize;
import dev.tidings.node.CannotStart;
import dev.tidings.node.HeapFit;
import dev.tidings.node.Node;
import dev.tidings.node.NodeConfig;
import dev.tidings.node.NodeConfig.Overrides;
import dev.tidings.node.Surroundings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Starts nodes for the SDK.
public final class NodeStarter implements BrokerStarter {
    private static final int KEY_BYTES = 16;

    /// What is left to the program: it has the other half of the heap, and more.
    private static final int HEAP_PART = 2;

    private final SecureRandom random = new SecureRandom();

    public NodeStarter() {}

    @Override
    public EmbeddedBroker start(EmbeddedConfig config) {
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        String key = HexFormat.of().formatHex(secret);
        EmbeddedConfig.Clock clock = config.clock();
        try {
            Node node = Node.start(
                    settings(config.directory(), config.port()),
                    config.catalog(),
                    new Surroundings(clock.instants(), clock.nanos(), key));
            return EmbeddedNode.of(node, key, config.onStoreFailure());
        } catch (CannotStart wrong) {
            Throwable cause = wrong.getCause();
            throw new IllegalStateException(wrong.getMessage() + (cause == null ? "" : ": " + cause), wrong);
        }
    }

    private static NodeConfig settings(Path directory, int port) {
        NodeConfig config = NodeConfig.DEFAULT
                .with(new Overrides(directory, null, port, true))
                .withStore(store());
        return HeapFit.of(config, new DataSize(Runtime.getRuntime().maxMemory() / HEAP_PART));
    }

    /// One that begins quickly and takes little of the disk, as becomes a part of a program.
    private static SegmentedConfig store() {
        SegmentedConfig usual = SegmentedConfig.DEFAULT;
        SegmentedConfig.Commit commit = usual.commit();
        return new SegmentedConfig(
                new SegmentedConfig.Ring(4, DataSize.ofMebibytes(4)),
                new SegmentedConfig.Commit(
                        commit.group(), commit.requests(), commit.queue(), DataSize.ofMebibytes(3), commit.patience()),
                usual.stage(),
                new SegmentedConfig.Space(
                        DataSize.ofMebibytes(1),
                        DataSize.ofMebibytes(64),
                        usual.space().retryAfter()),
                usual.sweepInterval(),
                1_000_000,
                usual.readThreads());
    }
}
