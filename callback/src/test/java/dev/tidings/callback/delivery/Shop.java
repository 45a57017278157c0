package dev.tidings.callback.delivery;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.consuming.Consuming;
import dev.tidings.broker.consuming.ConsumingConfig;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.dead.DeadEnvelope;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.broker.subscriptions.DeliveryStatus;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.broker.subscriptions.Subscriptions;
import dev.tidings.callback.HandLoop;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// A broker's consuming side over an engine in memory, with subscriptions of the client `shop`, all on one loop turned
/// by hand.
final class Shop implements Subscriptions {
    static final EventType TYPE = new EventType("Org.Sys.Thing.Done");
    private static final EventType OTHER = new EventType("Org.Sys.Thing.Undone");
    static final EventType ELSEWHERE = new EventType("Org.Other.Thing.Done");
    static final ClientName CLIENT = new ClientName("shop");
    static final DeliverySettings SETTINGS = new DeliverySettings(
            "hub.example",
            "Tidings",
            4,
            16,
            1 << 16,
            8_192,
            5,
            1 << 16,
            Duration.ofDays(1),
            Duration.ofHours(12),
            new Backoff(Duration.ofSeconds(5), Duration.ofHours(6), Duration.ofDays(3)),
            new Breaker.Limits(5, Duration.ofSeconds(5), Duration.ofMinutes(5)));

    final HandLoop loop = new HandLoop();
    /// That of the deliverers.
    final Aside aside = new Aside(loop);
    final ScriptedSink sink = new ScriptedSink();
    final Set<EventType> unwanted = new HashSet<>();
    final List<String> ended = new ArrayList<>();
    /// Whether the end of a subscription can't be stored.
    boolean unstorable;

    final Counts counts = new Counts();
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    private final Map<String, Instant> rests = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    MemoryEngine engine = new MemoryEngine(loop);
    Consuming consuming;
    Stations stations;

    Shop() {
        start();
    }

    /// What is observed.
    static final class Counts implements DeliveryObserver {
        final List<Result> results = new ArrayList<>();
        int dead;
        int open;

        @Override
        public void requested(Result result, int events, long nanos) {
            results.add(result);
        }

        @Override
        public void gaveUp() {
            dead++;
        }

        @Override
        public void breaker(boolean isOpen) {
            open += isOpen ? 1 : -1;
        }
    }

    private void start() {
        listeners.clear();
        consuming = new Consuming(new Consuming.Needs(
                engine,
                new OneClient(),
                _ -> loop,
                ConsumingConfig.DEFAULT,
                loop,
                loop::nanos,
                new SecureRandom(),
                loop));
        stations = Stations.open(new Stations.Parts(
                this,
                consuming.own(),
                _ -> aside,
                (_, _, _) -> sink.open(),
                SETTINGS,
                counts,
                loop,
                loop::nanos,
                new Random(5)));
        loop.run();
    }

    /// The broker crashes, requests under way are cut, and it comes back.
    void crash() {
        engine = engine.reopenAfterCrash();
        sink.cut();
        loop.forget();
        start();
    }

    /// Creates a subscription whose group starts now.
    Subscription subscribe(Subscription subscription) {
        return subscribe(subscription, Set.of(TYPE, ELSEWHERE));
    }

    private Subscription subscribe(Subscription subscription, Set<EventType> types) {
        createGroup(subscription, types);
        return change(subscription);
    }

    void createGroup(Subscription subscription, Set<EventType> types) {
        Opening opening = new Opening(
                subscription.group().name(), Set.of(Lane.EVENTS), null, types, null, new Opening.Start.Latest());
        now(consuming.groups().create(CLIENT, opening, List.of()));
    }

    Subscription change(Subscription subscription) {
        subscriptions.put(subscription.id(), subscription);
        listeners.forEach(listener -> listener.changed(subscription));
        loop.run();
        return subscription;
    }

    /// So many other subscriptions, which get nothing.
    void crowd(int others) {
        for (int i = 0; i < others; i++) {
            subscribe(new Subscribing().named("other" + i).anywhere(), Set.of(OTHER));
        }
    }

    /// What of its group is in hand or under way.
    int inFlight(Subscription subscription) {
        return now(consuming.groups().status(subscription.group()))
                .orElseThrow()
                .inFlight();
    }

    CompletableFuture<Void> remove(Subscription subscription) {
        subscriptions.remove(subscription.id());
        CompletableFuture<Void> removed =
                listeners.getFirst().removed(subscription).toCompletableFuture();
        loop.run();
        return removed;
    }

    void publish(String key, String... ids) {
        publishAs(TYPE, key, ids);
    }

    void publishAs(EventType type, String key, String... ids) {
        for (String id : ids) {
            String json = "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/test\",\"type\":\"%s\"%s}"
                    .formatted(id, type, key == null ? "" : ",\"partitionkey\":\"" + key + "\"");
            Event event = new Event(id, "/test", type, key, null, new Event.Data.None(), Bytes.utf8(json));
            engine.log().append(Batch.ofEntries(List.of(new Batch.Entry(type.stream(), event, Duration.ZERO))));
        }
        loop.run();
    }

    void answer(String request, Outcome outcome) {
        sink.answer(request, outcome);
        loop.run();
    }

    void answerAll(Outcome outcome) {
        for (List<String> waiting = sink.waiting(); !waiting.isEmpty(); waiting = sink.waiting()) {
            answer(waiting.getFirst(), outcome);
        }
    }

    void advance(Duration time) {
        loop.advance(time);
    }

    DeliveryStatus status(Subscription subscription) {
        return now(stations.of(subscription));
    }

    /// How many events its group has not settled.
    long unsettled(Subscription subscription) {
        return now(consuming.groups().status(subscription.group()))
                .orElseThrow()
                .lagEvents();
    }

    List<DeadEnvelope> dead() {
        var reader = engine.log().reader(Partition.only(LaneStreams.dead(CLIENT)), TypeSelection.ALL);
        return now(reader.read(0, 1 << 20)).events().stream()
                .map(DeadEnvelope::of)
                .toList();
    }

    <T> T now(CompletionStage<T> stage) {
        loop.run();
        return stage.toCompletableFuture().getNow(null);
    }

    @Override
    public Collection<Subscription> all() {
        return List.copyOf(subscriptions.values());
    }

    @Override
    public Optional<Subscription> find(String id) {
        return Optional.ofNullable(subscriptions.get(id));
    }

    @Override
    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public CompletionStage<Void> end(String id, String reason) {
        if (unstorable) {
            return CompletableFuture.failedStage(
                    new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        }
        ended.add(reason);
        Subscription subscription = subscriptions.get(id);
        change(Subscribing.in(subscription, State.ENDED));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public boolean wants(String id, EventType type, long acceptedMillis) {
        return !unwanted.contains(type);
    }

    @Override
    public void rest(Subscription subscription, Instant until) {
        rests.put(subscription.id(), until);
    }

    @Override
    public Optional<Instant> restsUntil(Subscription subscription) {
        return Optional.ofNullable(rests.get(subscription.id()));
    }

    /// A catalog with one client that may consume [#TYPE], [#OTHER] and [#ELSEWHERE].
    private static final class OneClient implements Catalogs {
        @Override
        public Catalog current() {
            ClientEntry.Grant grant = new ClientEntry.Grant(true, Instant.EPOCH);
            ClientEntry entry = new ClientEntry(
                    CLIENT,
                    "",
                    List.of(),
                    null,
                    new ClientEntry.ConsumerRole(Map.of(TYPE, grant, OTHER, grant, ELSEWHERE, grant)),
                    false,
                    ClientEntry.Quotas.DEFAULT);
            TreeMap<ClientName, ClientEntry> clients = new TreeMap<>();
            clients.put(CLIENT, entry);
            return new Catalog(1, new TreeMap<>(), clients);
        }

        @Override
        public void onChange(Consumer<Catalog> listener) {}
    }
}
