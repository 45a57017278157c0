package dev.tidings.node;

import dev.tidings.broker.Broker;
import dev.tidings.broker.BrokerParts;
import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.broker.lanes.LaneBacklog;
import dev.tidings.broker.loop.LoopThreads;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.broker.subscriptions.Outbound;
import dev.tidings.broker.subscriptions.Seal;
import dev.tidings.callback.Callbacks;
import dev.tidings.server.Server;
import dev.tidings.server.ServerParts;
import dev.tidings.server.metrics.Insight;
import dev.tidings.server.metrics.Metrics;
import dev.tidings.server.subscriptions.SubscriptionParts;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A running broker: a store, the decisions, and a server in front of them.
public final class Node implements AutoCloseable {
    private final NodeConfig config;
    private final Base base;
    private final Broker broker;
    private final Callbacks callbacks;
    private final Server server;

    /// What the broker stands on.
    private record Base(Store store, Threads threads, PayloadCare payloads) {}

    /// By what others reach it, and it reaches others.
    private record Doors(Server server, Callbacks callbacks) {}

    private Node(NodeConfig config, Base base, Broker broker, Doors doors) {
        this.config = config;
        this.base = base;
        this.broker = broker;
        this.callbacks = doors.callbacks;
        this.server = doors.server;
    }

    /// Starts a node in a process of its own.
    public static Node start(NodeConfig config, @Nullable String catalog) {
        return start(config, catalog, Surroundings.PROCESS);
    }

    /// Starts a node; it listens when this returns. A [CannotStart] says what is wrong with the directory or the
    /// catalog, a [PortInUse] that the address cannot be listened on.
    ///
    /// @param catalog the text of the catalog to apply; null: the one in the store stays in force
    public static Node start(NodeConfig config, @Nullable String catalog, Surroundings around) {
        Address.claim(config.server().http());
        Metrics metrics = new Metrics(config.server().metrics());
        Store store = Store.open(config, around.clock(), metrics.engine());
        Threads threads = Threads.start(around.nanos());
        try {
            SecureRandom random = new SecureRandom();
            Payloads payloads = store.payloads(config.broker().payloads(), around.clock());
            BrokerParts parts = new BrokerParts(
                    payloads.engine(),
                    threads.loops,
                    threads.readers,
                    threads.workers,
                    around.clock(),
                    around.nanos(),
                    random,
                    metrics.publisher(),
                    new Outbound(new Seal(SealKey.of(config, random), random), Calling.guard(config)),
                    payloads);
            Broker broker = Broker.open(parts, config.brokerConfig());
            Admission admission = admit(new Admission.Rules(config, around.key()), broker, catalog);
            Insight insight = new Insight(
                    metrics,
                    store.engine()::status,
                    broker.consuming()::statuses,
                    () -> LaneBacklog.all(store.engine()),
                    new Insight.Pressure(broker.consuming()::loads, broker.consuming()::throttled));
            Callbacks callbacks = Calling.open(config, broker, metrics, around);
            Kept kept = new Kept(store, payloads);
            Doors doors = doors(config, broker, new Front(admission, insight, kept, callbacks, around.clock()));
            return new Node(config, new Base(store, threads, PayloadCare.start(payloads)), broker, doors);
        } catch (RuntimeException e) {
            threads.close();
            store.close();
            throw e;
        }
    }

    /// Whatever must not start is refused before the catalog is applied.
    private static Admission admit(Admission.Rules rules, Broker broker, @Nullable String catalog) {
        CatalogStore catalogs = broker.catalogs();
        Catalog starting = catalog == null ? catalogs.current() : StartCatalog.read(catalog);
        Admission admission = Admission.open(rules, catalogs, starting);
        if (catalog != null) {
            StartCatalog.apply(catalogs, catalog);
        }
        return admission;
    }

    /// What the server needs beside the broker.
    private record Front(Admission admission, Insight insight, Kept kept, Callbacks callbacks, InstantSource clock) {}

    /// What is on the disk.
    private record Kept(Store store, Payloads payloads) {}

    private static Doors doors(NodeConfig config, Broker broker, Front front) {
        try {
            return new Doors(serve(config, broker, front), front.callbacks);
        } catch (RuntimeException e) {
            front.callbacks.close();
            throw e;
        }
    }

    private static Server serve(NodeConfig config, Broker broker, Front front) {
        ServerParts parts = new ServerParts(
                broker.publishing(),
                broker.consuming(),
                broker.catalogs(),
                broker.catalogs(),
                broker.dead(),
                broker.streams(),
                new StoreBackups(
                        new StoreBackups.Source(front.kept.store.engine(), front.kept.payloads),
                        config,
                        front.clock,
                        Executors.newVirtualThreadPerTaskExecutor()),
                new SubscriptionParts(broker.subscriptions(), broker.consuming().groups(), front.callbacks.watch()),
                front.kept.payloads,
                front.admission.authenticator(),
                front.admission.tls(),
                front.insight,
                front.clock,
                new SecureRandom());
        try {
            return Server.start(config.server(), parts);
        } catch (IOException e) {
            throw new PortInUse(config.server().http(), e);
        }
    }

    /// Where it is to be reached.
    public String address() {
        String scheme = config.server().tls().on() ? "https" : "http";
        return scheme + "://" + config.server().http().host() + ":" + server.port();
    }

    /// What exists.
    public CatalogStore catalogs() {
        return broker.catalogs();
    }

    /// Calls the listener when the store has failed: nothing can be acknowledged any more. It is called on a thread
    /// that must not wait.
    public void onFailure(Consumer<String> listener) {
        base.store.onFailure(listener);
    }

    /// The clock that it was given has leapt: does now what is due by then. Returns when what is too old is removed.
    public void catchUp() {
        base.threads.catchUp();
        callbacks.catchUp();
        base.store.engine().log().sweep();
        base.payloads.sweep();
    }

    /// How many events the consumers of a group have in hand, of whichever client: delivered and not settled.
    public int inFlight(String group) {
        return broker.consuming().statuses().toCompletableFuture().join().stream()
                .filter(status -> status.group().name().equals(group))
                .mapToInt(GroupStatus::inFlight)
                .sum();
    }

    /// Shuts down in good order and in bounded time: takes no new requests, finishes those in progress, stores what
    /// consumers have confirmed, closes the store.
    @Override
    public void close() {
        CompletionStage<Void> called = callbacks.drain(config.drain());
        server.drain(config.drain()).toCompletableFuture().join();
        called.toCompletableFuture().join();
        server.close();
        callbacks.close();
        base.payloads.close();
        base.threads.close();
        base.store.close();
    }

    /// The threads of the broker.
    private record Threads(LoopThreads loops, LoopThreads readers, ExecutorService workers) {
        static Threads start(LongSupplier nanos) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Threads(
                    new LoopThreads(
                            cores, Thread.ofPlatform().daemon().name("loop-", 0).factory(), nanos),
                    new LoopThreads(
                            Math.max(1, cores / 2),
                            Thread.ofPlatform().daemon().name("reader-", 0).factory(),
                            nanos),
                    Executors.newFixedThreadPool(
                            cores,
                            Thread.ofPlatform().daemon().name("worker-", 0).factory()));
        }

        void catchUp() {
            loops.catchUp();
            readers.catchUp();
        }

        void close() {
            loops.close();
            readers.close();
            workers.shutdown();
        }
    }
}
