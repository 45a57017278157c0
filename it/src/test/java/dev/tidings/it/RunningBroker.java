package dev.tidings.it;

import dev.tidings.callback.CallbackConfig;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.model.DataSize;
import dev.tidings.node.Node;
import dev.tidings.node.NodeConfig;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A whole broker in this process, on a directory and a port of its own: as `@RegisterExtension static` one for all
/// tests of a class, without `static` one for each test.
public final class RunningBroker
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, AutoCloseable {
    private static final SegmentedConfig SMALL_STORE = smallStore();
    /// No test asks the name servers of the machine it runs on.
    private static final List<String> NOBODY = List.of("127.0.0.1:1");

    private final CatalogText catalog;
    private final UnaryOperator<NodeConfig> settings;
    private final LeapingClock clock = new LeapingClock();
    private boolean shared;
    private @Nullable Path data;
    private @Nullable Node node;
    private @Nullable HttpClient http;

    private RunningBroker(CatalogText catalog, UnaryOperator<NodeConfig> settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    static RunningBroker with(CatalogText catalog) {
        return new RunningBroker(catalog, UnaryOperator.identity());
    }

    /// The same with other settings.
    RunningBroker and(UnaryOperator<NodeConfig> more) {
        return new RunningBroker(catalog, config -> more.apply(settings.apply(config)));
    }

    /// The same, believing everybody.
    RunningBroker insecure() {
        return and(config -> config.with(new NodeConfig.Overrides(null, null, null, true)));
    }

    RunningBroker start() {
        data = Directories.temporary();
        open(catalog);
        return this;
    }

    /// Ends it in good order and starts it again on the same data; the catalog in force stays. Its address changes.
    void restart() {
        shut();
        open(null);
    }

    /// It is that much later, and what is due by then happens.
    void leap(Duration by) {
        if (node == null) {
            throw new IllegalStateException("the broker is not running");
        }
        clock.leap(by);
        node.catchUp();
    }

    /// A client that proves itself with its API key.
    Client client(String name) {
        return clientWith(name);
    }

    /// A client with any token; null: none.
    Client clientWith(@Nullable String token) {
        if (http == null) {
            throw new IllegalStateException("the broker is not running");
        }
        return new Client(http, address(), token);
    }

    /// Changes the catalog; it is in force afterwards.
    void catalog(CatalogText other) {
        client("admin")
                .send(Call.of("PUT", "/admin/catalog").type("application/yaml").body(other.toString()))
                .expect(200);
    }

    /// The directory of its store.
    Path data() {
        if (data == null) {
            throw new IllegalStateException("the broker was never started");
        }
        return data;
    }

    String address() {
        if (node == null) {
            throw new IllegalStateException("the broker is not running");
        }
        return node.address();
    }

    /// Ends it, and removes its data.
    @Override
    public void close() {
        shut();
        if (data != null) {
            Directories.delete(data);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!shared) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            close();
        }
    }

    private NodeConfig config() {
        NodeConfig here = NodeConfig.DEFAULT
                .with(new NodeConfig.Overrides(data(), null, 0, false))
                .withStore(SMALL_STORE)
                .withCallbacks(CallbackConfig.DEFAULT.withNameServers(NOBODY));
        return settings.apply(here);
    }

    private void open(@Nullable CatalogText text) {
        node = Node.start(config(), text == null ? null : text.toString(), clock.surroundings());
        http = HttpClient.newHttpClient();
    }

    private void shut() {
        if (http != null) {
            http.shutdownNow();
            http = null;
        }
        if (node != null) {
            node.close();
            node = null;
        }
    }

    /// What is written when a store is made is what makes a test slow.
    private static SegmentedConfig smallStore() {
        SegmentedConfig all = SegmentedConfig.DEFAULT;
        SegmentedConfig.Commit commit = all.commit();
        return new SegmentedConfig(
                new SegmentedConfig.Ring(4, DataSize.ofMebibytes(4)),
                new SegmentedConfig.Commit(
                        commit.group(), commit.requests(), commit.queue(), DataSize.ofMebibytes(3), commit.patience()),
                all.stage(),
                new SegmentedConfig.Space(
                        DataSize.ofMebibytes(1),
                        DataSize.ofMebibytes(1),
                        all.space().retryAfter()),
                all.sweepInterval(),
                100_000,
                all.readThreads());
    }
}
