package dev.tidings.testkit;

import dev.tidings.client.BrokerBus;
import dev.tidings.client.Bus;
import dev.tidings.client.Connecting;
import dev.tidings.client.Credentials;
import dev.tidings.client.Firing;
import dev.tidings.client.JsonMapping;
import dev.tidings.client.Tidings;
import dev.tidings.client.UndeliveredException;
import dev.tidings.client.embedding.BrokerStarter;
import dev.tidings.client.embedding.EmbeddedBroker;
import dev.tidings.client.embedding.EmbeddedConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// A whole broker for a test, in a temporary directory: needs the module `tidings-embedded`, and Java 25. May
/// be used by any thread.
public final class TestBroker implements Recorded, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TestBroker.class);
    private static final Firing AT_ONCE =
            Firing.DEFAULT.withLinger(Duration.ZERO).withClosing(Duration.ofSeconds(2));

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final TemporaryDirectory directory = TemporaryDirectory.create();
    private final Detour detour = new Detour();
    private final TestClock clock = new TestClock(this::awaitPostponed, this::catchUp);
    private final Recording recording;
    private final Failures failures;
    private final List<Bus> buses = new CopyOnWriteArrayList<>();
    private volatile EmbeddedBroker broker;

    /// How a broker of a test is to be.
    ///
    /// @param catalog the YAML of what exists; null: each type from its first use
    /// @param json    between the program's objects and JSON
    public record Setup(@Nullable String catalog, JsonMapping json) {
        public static final Setup DEFAULT =
                new Setup(null, JsonMapping.jackson(JsonMapper.builder().build()));

        /// The same with a catalog.
        public Setup withCatalog(String yaml) {
            return new Setup(yaml, json);
        }

        /// The same with another mapping.
        public Setup withJson(JsonMapping mapping) {
            return new Setup(catalog, mapping);
        }
    }

    private TestBroker(Setup setup) {
        recording = Recording.begin(setup.json);
        failures = new Failures(detour, recording.shuffle());
        try {
            broker = launch(setup.catalog);
        } catch (RuntimeException wrong) {
            detour.close();
            directory.remove();
            throw wrong;
        }
    }

    /// Returns when it listens.
    ///
    /// @throws IllegalStateException where the module `tidings-embedded` is missing, this is no Java 25, or the
    ///                               catalog is wrong
    public static TestBroker start(Setup setup) {
        return new TestBroker(setup);
    }

    private EmbeddedBroker launch(@Nullable String catalog) {
        EmbeddedConfig.Clock time = new EmbeddedConfig.Clock(clock, clock::nanos);
        EmbeddedBroker started = BrokerStarter.find()
                .start(new EmbeddedConfig(
                        directory.path(), catalog, 0, time, why -> LOG.error("the store failed: {}", why)));
        detour.leadTo(started.address());
        return started;
    }

    /// A bus of that service, which may do everything. It is recorded, and closed with the broker.
    public BrokerBus bus(String service) {
        return bus(service, UnaryOperator.identity());
    }

    /// The same, with more settings: [Connecting#source], or with [#credentials] the rights of one client.
    public BrokerBus bus(String service, UnaryOperator<Connecting> more) {
        Refusals refusals = Refusals.of(recording);
        Connecting settings = connecting().source(URI.create("/" + service)).firing(AT_ONCE);
        BrokerBus bus = more.apply(settings)
                .service(service)
                .json(recording.json())
                .onFailure(refusals)
                .open();
        BrokerBus recorded = new RecordedBrokerBus(
                bus, new RecordedBrokerBus.Parts(service, recording, refusals, types -> broker.know(types)));
        buses.add(recorded);
        return recorded;
    }

    /// For a bus that the program under test opens itself: with the address and the right to do everything.
    /// Failures happen to it as well; it is not recorded.
    public Connecting connecting() {
        return Tidings.connect(address()).credentials(Credentials.token(() -> broker.key()));
    }

    /// Those of a client in the catalog.
    public Credentials credentials(String client) {
        return Credentials.token(() -> broker.key() + "/" + client);
    }

    /// Where the broker is to be reached; it stays when the broker is restarted.
    public URI address() {
        return detour.address();
    }

    /// What opens the broker, as an API key: the right to do everything. New after a restart.
    public String key() {
        return broker.key();
    }

    /// What moves its time.
    public TestClock clock() {
        return clock;
    }

    /// What lets things go wrong.
    public Failures failures() {
        return failures;
    }

    @Override
    public Flow flow() {
        return recording.flow();
    }

    @Override
    public void settle(Duration atMost) {
        List<Supplier<CompletableFuture<?>>> taking = new ArrayList<>();
        buses.forEach(bus -> taking.add(bus::flush));
        Settling.await(recording, taking, atMost);
    }

    /// Ends the broker in good order and starts it again with what it has stored.
    public void restart() {
        broker.close();
        broker = launch(null);
    }

    /// An event whose handler puts it off goes back a moment later, and its delay begins then.
    private void awaitPostponed() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Flow flow = recording.flow();
        recording.audience().postponing(flow.entries(), flow.old()).forEach((listener, others) -> {
            while (broker.inHand(listener) > others && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        });
    }

    private void catchUp() {
        recording.flow().leapt();
        broker.catchUp();
    }

    /// Ends everything and removes what was stored.
    @Override
    public void close() {
        failures.calm();
        for (Bus bus : buses) {
            try {
                bus.close();
            } catch (UndeliveredException left) {
                LOG.warn("a bus was closed before all that was fired had been taken", left);
            }
        }
        broker.close();
        detour.close();
        directory.remove();
    }
}
