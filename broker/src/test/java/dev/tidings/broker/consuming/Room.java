package dev.tidings.broker.consuming;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.broker.loop.ManualLoop;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A broker's consuming side over an engine in memory, on a loop turned by hand, with one client, `reader`, that may
/// consume [#DONE] and [#UNDONE].
final class Room implements Catalogs {
    static final EventType DONE = new EventType("Org.Sys.Thing.Done");
    static final EventType UNDONE = new EventType("Org.Sys.Thing.Undone");
    static final EventType ELSE = new EventType("Org.Other.Thing.Done");
    static final StreamName STREAM = DONE.stream();
    static final ClientName READER = new ClientName("reader");
    static final ConsumingConfig CONFIG = ConsumingConfig.DEFAULT;

    final HandClock clock = new HandClock();
    final ManualLoop loop = new ManualLoop(clock);
    private final List<Consumer<Catalog>> listeners = new ArrayList<>();
    private final ConsumingConfig config;
    private Catalog catalog = Catalog.EMPTY;
    /// Compiles filters.
    Executor worker = Runnable::run;
    MemoryEngine engine = new MemoryEngine(clock);
    Consuming consuming;
    private int ids;

    Room() {
        this(CONFIG);
    }

    Room(ConsumingConfig config) {
        this.config = config;
        grant(Map.of(DONE, everything(), UNDONE, everything()));
        consuming = start();
    }

    /// A configuration in which everything is soon too much.
    static ConsumingConfig tight(Random random) {
        return new ConsumingConfig(
                CONFIG.inflight(),
                CONFIG.mostInflight(),
                CONFIG.instances(),
                CONFIG.groups(),
                1 + random.nextInt(10),
                1 + random.nextInt(300),
                new DataSize(1 + random.nextInt(4_000)),
                CONFIG.unsettled(),
                CONFIG.firstRetry(),
                CONFIG.lastRetry(),
                CONFIG.testAge(),
                CONFIG.deadAge());
    }

    static Grant everything() {
        return new Grant(true, Instant.EPOCH);
    }

    /// The broker crashes and comes back.
    void crash() {
        engine = engine.reopenAfterCrash();
        listeners.clear();
        loop.run();
        consuming = start();
    }

    private Consuming start() {
        return new Consuming(new Consuming.Needs(
                engine, this, _ -> loop, config, clock, this::nanos, new SecureRandom(), task -> worker.execute(task)));
    }

    private long nanos() {
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    void grant(Map<EventType, Grant> types) {
        grant(types, Quotas.DEFAULT);
    }

    void grant(Map<EventType, Grant> types, Quotas quotas) {
        ClientEntry entry =
                new ClientEntry(READER, "", List.of(), null, new ConsumerRole(new HashMap<>(types)), false, quotas);
        TreeMap<ClientName, ClientEntry> clients = new TreeMap<>();
        clients.put(READER, entry);
        change(new Catalog(catalog.version() + 1, new TreeMap<>(), clients));
    }

    void change(Catalog next) {
        catalog = next;
        listeners.forEach(listener -> listener.accept(next));
        loop.run();
    }

    @Override
    public Catalog current() {
        return catalog;
    }

    @Override
    public void onChange(Consumer<Catalog> listener) {
        listeners.add(listener);
    }

    /// Stores events of [#DONE] without a key.
    void publish(String... names) {
        for (String name : names) {
            publish(DONE, null, name);
        }
    }

    /// Stores an event without a key; nobody has heard of it yet.
    void append(EventType type, String name) {
        append(type.stream(), type, null, name);
    }

    /// Stores an event of [#DONE] in a stream of the broker's own; nobody has heard of it yet.
    void append(StreamName stream, String name) {
        append(stream, DONE, null, name);
    }

    /// Stores many events of [#DONE] at once; nobody has heard of them yet.
    void appendAll(String... names) {
        engine.log()
                .append(Batch.ofEntries(Stream.of(names)
                        .map(name -> new Batch.Entry(STREAM, event(DONE, null, name), Duration.ZERO))
                        .toList()));
    }

    void publish(EventType type, String key, String name) {
        append(type.stream(), type, key, name);
        loop.run();
    }

    void publishTest(String name) {
        append(LaneStreams.test(READER), DONE, null, name);
        loop.run();
    }

    private void append(StreamName stream, EventType type, String key, String name) {
        engine.log().append(Batch.ofEntries(List.of(new Batch.Entry(stream, event(type, key, name), Duration.ZERO))));
        ids++;
    }

    private static Event event(EventType type, String key, String name) {
        String json = "{\"id\":\"%s\",\"source\":\"/test\",\"type\":\"%s\"}".formatted(name, type);
        return new Event(name, "/test", type, key, null, new Event.Data.None(), Bytes.utf8(json));
    }

    static Opening opening(String group) {
        return new Opening(group, Set.of(Lane.EVENTS), null, null, null, new Opening.Start.Earliest());
    }

    static Opening opening(Lane... lanes) {
        return new Opening("~default", Set.of(lanes), null, null, null, new Opening.Start.Earliest());
    }

    /// Opens an instance of the default group that wants everything at once.
    Reading open() {
        return open(opening("~default"));
    }

    Reading open(Opening opening) {
        Reading reading = openQuietly(opening);
        reading.wantAll();
        return reading;
    }

    /// Opens an instance that gives no credit yet.
    Reading openQuietly(Opening opening) {
        Reading reading = new Reading(this);
        Opened opened = now(consuming.open(new Caller(READER), opening, reading));
        if (!(opened instanceof Opened.Open(Instance instance))) {
            throw new AssertionError("refused: " + opened);
        }
        reading.instance = instance;
        return reading;
    }

    Refusal refusal(Opening opening) {
        Opened opened = now(consuming.open(new Caller(READER), opening, new Reading(this)));
        return ((Opened.Refused) opened).refusal();
    }

    Cursor cursor(String group) {
        return engine.groups().cursors(new GroupName(READER, group)).get(Partition.only(STREAM));
    }

    int published() {
        return ids;
    }

    /// Turns the loop, and returns what has completed.
    <T> T now(CompletionStage<T> stage) {
        loop.run();
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (!future.isDone()) {
            throw new AssertionError("not completed");
        }
        return future.join();
    }
}
