package dev.tidings.broker.subscriptions;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.broker.catalog.ClientEntry.ConsumerRole;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.consuming.Consuming;
import dev.tidings.broker.consuming.ConsumingConfig;
import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Outlet;
import dev.tidings.broker.loop.ManualLoop;
import dev.tidings.broker.subscriptions.SubscriptionOutcome.Done;
import dev.tidings.broker.subscriptions.SubscriptionOutcome.Refused;
import dev.tidings.broker.subscriptions.SubscriptionStore.Target;
import dev.tidings.engine.Batch;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.MemoryEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.Delivery;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Subscriptions over an engine in memory, on a loop turned by hand, of one client that may consume [#DONE] and
/// [#UNDONE], and somebody who would deliver.
final class Room implements Catalogs, Subscriptions.Listener {
    static final EventType DONE = new EventType("Org.Sys.Thing.Done");
    static final EventType UNDONE = new EventType("Org.Sys.Thing.Undone");
    static final ClientName OWNER = new ClientName("owner");
    static final String SINK = "{\"sink\": \"https://shop.example.org/events\", \"protocol\": \"HTTP\"";
    static final String PLAIN = SINK + "}";

    final HandClock clock = new HandClock();
    final ManualLoop loop = new ManualLoop(clock);
    final List<String> told = new ArrayList<>();
    CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);
    byte[] key = new byte[Seal.KEY_BYTES];

    @Nullable
    String objection;

    MemoryEngine engine = new MemoryEngine(clock);
    Consuming consuming;
    SubscriptionStore store;
    private final SubscriptionConfig config;
    private final List<Consumer<Catalog>> listeners = new ArrayList<>();
    private Catalog catalog = Catalog.EMPTY;
    private int events;

    Room() {
        this(SubscriptionConfig.DEFAULT);
    }

    Room(SubscriptionConfig config) {
        this.config = config;
        grant(Quotas.DEFAULT, DONE, UNDONE);
        start();
    }

    /// The broker crashes and comes back.
    void crash() {
        engine = engine.reopenAfterCrash();
        listeners.clear();
        loop.run();
        start();
    }

    private void start() {
        SecureRandom random = new SecureRandom();
        consuming = new Consuming(new Consuming.Needs(
                engine,
                this,
                _ -> loop,
                ConsumingConfig.DEFAULT,
                clock,
                System::nanoTime,
                new SecureRandom(),
                Runnable::run));
        store = new SubscriptionStore(
                new SubscriptionStore.Parts(
                        engine,
                        consuming.groups(),
                        this,
                        new Outbound(new Seal(key, random), _ -> objection),
                        clock,
                        random,
                        Runnable::run),
                config);
        store.onChange(this);
    }

    void grant(Quotas quotas, EventType... types) {
        Map<EventType, Grant> grants = new HashMap<>();
        for (EventType type : types) {
            grants.put(type, new Grant(true, Instant.EPOCH));
        }
        grant(quotas, grants);
    }

    void grant(Quotas quotas, Map<EventType, Grant> grants) {
        ClientEntry entry = new ClientEntry(OWNER, "", List.of(), null, new ConsumerRole(grants), false, quotas);
        TreeMap<ClientName, ClientEntry> clients = new TreeMap<>();
        clients.put(OWNER, entry);
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

    @Override
    public CompletionStage<Void> changed(Subscription now) {
        told.add(now.status().state() + " " + now.version());
        return now.active() ? CompletableFuture.completedStage(null) : stopped;
    }

    @Override
    public CompletionStage<Void> removed(Subscription last) {
        told.add("removed " + last.version());
        return stopped;
    }

    void publish(EventType type, String id) {
        String json = "{\"id\":\"%s\",\"source\":\"/test\",\"type\":\"%s\"}".formatted(id, type);
        Event event = new Event(id, "/test", type, null, null, new Event.Data.None(), Bytes.utf8(json));
        engine.log().append(Batch.ofEntries(List.of(new Batch.Entry(type.stream(), event, Duration.ZERO))));
        events++;
        loop.run();
    }

    int published() {
        return events;
    }

    Subscription create(String json) {
        return ((Done) now(store.create(OWNER, Bytes.utf8(json)))).subscription();
    }

    Refusal refusedCreation(String json) {
        return refusal(store.create(OWNER, Bytes.utf8(json)));
    }

    Subscription replace(Subscription before, String json) {
        return done(store.replace(target(before), Bytes.utf8(json)));
    }

    static Target target(Subscription subscription) {
        return new Target(subscription.client(), subscription.id(), subscription.version());
    }

    Subscription done(CompletionStage<SubscriptionOutcome> outcome) {
        return ((Done) now(outcome)).subscription();
    }

    Refusal refusal(CompletionStage<SubscriptionOutcome> outcome) {
        return ((Refused) now(outcome)).refusal();
    }

    /// What would be delivered now: the ids of the events that its group has for it.
    List<String> backlog(Subscription subscription) {
        Opening opening = new Opening(
                subscription.group().name(), Set.of(Lane.EVENTS), null, null, null, new Opening.Start.Earliest());
        Opened opened = now(consuming.own().open(new Caller(subscription.client()), opening, new Deaf()));
        if (!(opened instanceof Opened.Open(Instance instance))) {
            return List.of("refused");
        }
        List<Delivery> deliveries = now(instance.poll(100, 1 << 20, Duration.ZERO));
        now(instance.close());
        return deliveries.stream()
                .map(delivery -> delivery.json().toUtf8())
                .map(json -> json.substring(7, json.indexOf('"', 7)))
                .toList();
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

    private record Deaf() implements Outlet {
        @Override
        public void deliver(List<Delivery> deliveries) {}

        @Override
        public void ended(Ending why) {}
    }
}
