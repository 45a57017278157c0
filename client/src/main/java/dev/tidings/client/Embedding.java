package dev.tidings.client;

import dev.tidings.client.embedding.BrokerStarter;
import dev.tidings.client.embedding.EmbeddedBroker;
import dev.tidings.client.embedding.EmbeddedConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Describes a bus with the whole broker inside this JVM, then opens it. Belongs to one thread.
public final class Embedding {
    private static final Logger LOG = LoggerFactory.getLogger(Embedding.class);

    private final Path directory;
    private @Nullable String catalog;
    private int port;
    private UnaryOperator<Connecting> settings = UnaryOperator.identity();
    private Consumer<String> onStoreFailure = why -> LOG.error("the embedded broker has stopped: {}", why);

    Embedding(Path directory) {
        this.directory = directory;
    }

    /// What exists, as the YAML of a catalog. Where it is not called, the catalog in the store stays in force;
    /// where there is none, each type exists from its first use by this bus, which waits until that is stored.
    public Embedding catalog(String yaml) {
        catalog = yaml;
        return this;
    }

    /// The same from a file.
    ///
    /// @throws UncheckedIOException where it can't be read
    public Embedding catalog(Path file) {
        try {
            return catalog(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the broker listens, on loopback; where it is not called, the system chooses.
    public Embedding port(int number) {
        port = number;
        return this;
    }

    /// How the bus is to be, beside its address and credentials: service, source, …
    public Embedding bus(UnaryOperator<Connecting> more) {
        UnaryOperator<Connecting> before = settings;
        settings = connecting -> more.apply(before.apply(connecting));
        return this;
    }

    /// Needed by those who listen, see [Connecting#service].
    public Embedding service(String name) {
        return bus(connecting -> connecting.service(name));
    }

    /// Is told when the store has failed, such as a disk whose syncs fail: the broker has stopped then, and the
    /// program goes on. What was acknowledged is safe. Where it is not called, that is logged.
    public Embedding onStoreFailure(Consumer<String> listener) {
        onStoreFailure = listener;
        return this;
    }

    /// Starts the broker. It has its directory alone until the bus is closed.
    ///
    /// @throws IllegalStateException where the directory can't be used or somebody uses it, the catalog is
    ///                               wrong, the module `tidings-embedded` is missing, or this is no Java 25
    public EmbeddedBus open() {
        EmbeddedBroker broker = BrokerStarter.find()
                .start(new EmbeddedConfig(directory, catalog, port, EmbeddedConfig.Clock.SYSTEM, onStoreFailure));
        try {
            Connecting connecting = new Connecting(broker.address()).credentials(Credentials.apiKey(broker.key()));
            return new HostingBus(settings.apply(connecting).open(), broker);
        } catch (RuntimeException wrong) {
            broker.close();
            throw wrong;
        }
    }
}
