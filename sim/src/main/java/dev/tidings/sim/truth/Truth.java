package dev.tidings.sim.truth;

import dev.tidings.engine.EventLog;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.node.WallClock;
import dev.tidings.sim.step.Scheduler;
import dev.tidings.sim.step.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Knows every event that was sent, every answer and every delivery, and says at once when a promise is broken.
public final class Truth {
    final Scheduler scheduler;
    final Trace trace;
    final WallClock clock;
    final LogTruth log = new LogTruth(this);
    final List<SentBatch> batches = new ArrayList<>();
    private final Map<GroupName, GroupTruth> groups = new TreeMap<>();
    private final List<SubscriptionTruth> subscriptions = new ArrayList<>();
    final List<PayloadTruth> payloads = new ArrayList<>();
    private final Map<ClientName, TestLaneTruth> testLanes = new HashMap<>();
    private final QueueTruth queue;
    private final Map<GroupName, Map<StreamName, Long>> beginnings = new HashMap<>();
    private final Set<String> unsteady = new HashSet<>();
    private long latestMillis;
    private long latestDue;
    private long lastSweep = -1;

    /// The type that is a queue, and its group.
    public record Queue(EventType type, GroupName reader) {}

    public Truth(Scheduler scheduler, Trace trace, WallClock clock, Queue queue) {
        this.queue = new QueueTruth(this, queue.type, queue.reader);
        this.scheduler = scheduler;
        this.trace = trace;
        this.clock = clock;
    }

    /// Nothing happens any more in this world.
    Violation violated(String statement, String how) {
        Violation violation = new Violation(statement, how);
        scheduler.fail(violation);
        throw violation;
    }

    /// What must be true, and how it is not.
    public void expect(boolean holds, String statement, String how) {
        if (!holds) {
            violated(statement, how);
        }
    }

    /// The same, where saying how takes its time.
    void expect(boolean holds, String statement, Supplier<String> how) {
        if (!holds) {
            violated(statement, how.get());
        }
    }

    public SentBatch batch(List<Sent> events) {
        SentBatch batch = new SentBatch(events);
        batch.distinct.forEach(log::add);
        batches.add(batch);
        return batch;
    }

    /// A single event that is not a producer's.
    public Sent single(Sent event) {
        log.add(event);
        return event;
    }

    /// An event that was sent.
    public Sent find(String id) {
        return Objects.requireNonNull(log.find(id));
    }

    /// Somebody tries to have them stored.
    public void attempted(SentBatch batch) {
        batch.distinct.forEach(this::attempted);
    }

    public void attempted(Sent event) {
        event.attempts++;
        event.begun = Math.min(event.begun, scheduler.steps());
        if (!event.once && event.attempts > 1) {
            event.ambiguous = true;
        }
    }

    /// An attempt was refused, and stored nothing.
    public void withdrawn(SentBatch batch) {
        batch.distinct.forEach(event -> event.attempts--);
    }

    /// @param known whether an earlier attempt was answered before this one began
    public void accepted(SentBatch batch, int accepted, int duplicates, boolean known) {
        expect(accepted == batch.events.size(), "a receipt counts all events", accepted + " of " + batch.events.size());
        Sent first = batch.events.getFirst();
        if (lastSweep < first.begun) {
            boolean anew = !known && duplicates == batch.duplicatesAtFirst();
            boolean again = first.attempts > 1 && duplicates == batch.duplicatesLater();
            expect(anew || again, "a receipt tells duplicates", duplicates + " in " + batch.events);
            expect(again || batch.storesAnew(), "a batch is stored once", batch.events.toString());
        }
        batch.distinct.forEach(this::acknowledged);
    }

    public void acknowledged(Sent event) {
        event.acknowledged = Math.min(event.acknowledged, scheduler.steps());
    }

    /// The administrator changes what this client may do with this type.
    public void unsteady(ClientName client, String type) {
        unsteady.add(client + " " + type);
    }

    boolean isSteady(ClientName client, String type) {
        return !unsteady.contains(client + " " + type);
    }

    public GroupTruth group(GroupName name) {
        return groups.computeIfAbsent(name, _ -> new GroupTruth(name, this));
    }

    public Iterable<GroupTruth> groups() {
        return groups.values();
    }

    /// Somebody is about to store a payload.
    public PayloadTruth payload(ClientName client, EventType type, Bytes content) {
        PayloadTruth payload = new PayloadTruth(this, client, type, content);
        payloads.add(payload);
        return payload;
    }

    /// Whether an event of the batch refers to a payload that may have gone.
    public boolean mayLackItsPayload(SentBatch batch, Node node) {
        return payloads.stream()
                .anyMatch(payload -> batch.events.stream().anyMatch(payload::isReferredToBy) && !payload.isKept(node));
    }

    /// Somebody is about to subscribe.
    public SubscriptionTruth subscription(SubscriptionTruth.Terms terms) {
        SubscriptionTruth subscription = new SubscriptionTruth(this, terms);
        subscriptions.add(subscription);
        return subscription;
    }

    /// The one that reads by this group, if any does.
    Stream<SubscriptionTruth> subscriptionsOf(String group) {
        return subscriptions.stream().filter(subscription -> group.equals(String.valueOf(subscription.group())));
    }

    public TestLaneTruth testLane(ClientName client) {
        return testLanes.computeIfAbsent(client, _ -> new TestLaneTruth(client, this));
    }

    /// Retention may remove something from now on.
    public void sweeps() {
        lastSweep = scheduler.steps();
    }

    /// @param first where the partition begins now
    public void read(Partition partition, long first, List<StoredEvent> events) {
        log.read(partition, first, events);
    }

    /// Somebody has heard that the group is there: what stands in the log by now is kept for it.
    void begins(GroupName group, Node node) {
        Map<StreamName, Long> firsts = new HashMap<>();
        EventLog log = node.engine().log();
        log.streams()
                .forEach(stream ->
                        firsts.put(stream, log.extent(Partition.only(stream)).first()));
        beginnings.put(group, firsts);
    }

    /// Whether what stood at this position had gone before anybody knew of the group, which may begin there all the
    /// same: it had looked before.
    boolean hadGone(GroupName group, StreamName stream, long position) {
        Map<StreamName, Long> firsts = beginnings.get(group);
        return firsts == null || position < firsts.getOrDefault(stream, 0L);
    }

    public QueueTruth queue() {
        return queue;
    }

    void dueAt(long millis) {
        latestDue = Math.max(latestDue, millis);
    }

    /// The clock is not set any more: what a sink has failed to take waits for so long at most.
    public void clockRests(Duration longest) {
        if (subscriptions.stream().anyMatch(SubscriptionTruth::hasFailed)) {
            dueAt(latestMillis() + longest.toMillis());
        }
    }

    /// For how long something that was released may have to wait yet, in milliseconds.
    public long untilAllIsDue() {
        return Math.max(0, latestDue - clock.millis());
    }

    /// The latest time that any clock showed.
    long latestMillis() {
        latestMillis = Math.max(latestMillis, clock.millis());
        return latestMillis;
    }

    /// A clock is about to be set back.
    public void clockJumps() {
        latestMillis();
    }
}
