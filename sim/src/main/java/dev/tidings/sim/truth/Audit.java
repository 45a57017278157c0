package dev.tidings.sim.truth;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Groups;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Slice;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.ClientName;
import dev.tidings.model.StreamName;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.LogTruth.Dead;
import dev.tidings.sim.truth.StreamTruth.Stored;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/// Reads the whole log, and compares it with what is known: on a thread of the process whose log it is.
public final class Audit {
    private static final int AT_ONCE = 16_000;

    private final Truth truth;
    private final Node node;
    private final Map<StreamName, Extent> extents = new TreeMap<>();
    /// What has gone from the queue: who has died of it is known only when all is read.
    private final List<String> consumed = new ArrayList<>();

    public Audit(Truth truth, Node node) {
        this.truth = truth;
        this.node = node;
    }

    /// Up to the first read nobody else runs: what is compared then is of one moment.
    ///
    /// @param rules those in force at any time since the last audit
    public void run(List<RetentionRules> rules) {
        Engine engine = node.engine();
        List<Sent> alone =
                truth.log.sent().stream().filter(Sent::isAcknowledged).toList();
        List<Buried> buried = new ArrayList<>();
        truth.groups().forEach(group -> buried.add(new Buried(group, Set.copyOf(group.buried()))));
        Set<StreamName> names = new TreeSet<>(truth.log.streams().keySet());
        names.addAll(engine.log().streams());
        for (StreamName name : names) {
            extents.put(name, engine.log().extent(Partition.only(name)));
        }
        extents.forEach((name, extent) -> expectRemovedByRules(name, extent, rules));
        extents.forEach(this::readAll);
        consumed.forEach(id -> truth.queue().expectConsumed(id, node));
        alone.forEach(this::expectStored);
        truth.batches.forEach(this::expectWhole);
        truth.payloads.forEach(this::expectThere);
        expectDead();
        buried.forEach(this::expectBuried);
    }

    private void readAll(StreamName name, Extent extent) {
        StreamTruth stream = truth.log.stream(name);
        Partition partition = Partition.only(name);
        Set<Long> found = new HashSet<>();
        try (EventReader reader = node.engine().log().reader(partition, TypeSelection.ALL)) {
            long at = extent.first();
            while (at < extent.next()) {
                Slice slice = reader.read(at, AT_ONCE).toCompletableFuture().join();
                slice.events().forEach(event -> found.add(event.position()));
                at = slice.next();
            }
        }
        long first = node.engine().log().extent(partition).first();
        for (long position = first; position < extent.next(); position++) {
            long at = position;
            truth.expect(found.contains(at), "every position holds an event", () -> partition + " lacks " + at);
        }
        truth.expect(
                stream.events.isEmpty()
                        || stream.events.lastKey()
                                < node.engine().log().extent(partition).next(),
                "what was read once is there for good",
                partition + " ends at " + extent.next() + ", before " + stream.events.lastEntry());
    }

    private void expectRemovedByRules(StreamName name, Extent extent, List<RetentionRules> rules) {
        StreamTruth stream = truth.log.stream(name);
        truth.expect(extent.first() >= stream.first, "what was removed stays so", name + " begins at " + extent);
        for (Stored gone : stream.events.subMap(stream.first, extent.first()).values()) {
            boolean allowed = name.internal();
            if (!allowed && truth.queue().is(gone.type())) {
                consumed.add(gone.id());
                allowed = true;
            }
            for (RetentionRules rule : rules) {
                allowed |= mayRemove(name, gone, extent, rule);
            }
            truth.expect(allowed, "an event is kept as long as its type's rules say", () -> name + " lost " + gone);
        }
        boolean blind = extent.first() > stream.first
                && stream.events.subMap(stream.first, extent.first()).size() < extent.first() - stream.first;
        if (blind) {
            stream.blind = true;
        }
        stream.first = extent.first();
    }

    private boolean mayRemove(StreamName name, Stored gone, Extent extent, RetentionRules rules) {
        RetentionRules.Rule rule = rules.of(name, gone.type());
        boolean old = gone.millis() + rule.age().toMillis() <= truth.latestMillis();
        Long count = rule.count();
        boolean many = count != null && mostLater(name, gone, extent) >= count;
        return (old || many || rule.size() != null) && (!rule.untilConsumed() || isConsumed(name, gone));
    }

    /// How many later events of the type there may be: those that nobody has read yet may be of any.
    private long mostLater(StreamName name, Stored gone, Extent extent) {
        SortedMap<Long, Stored> later = truth.log.stream(name).events.tailMap(gone.position(), false);
        long others = later.values().stream()
                .filter(event -> !event.type().equals(gone.type()))
                .count();
        return extent.next() - gone.position() - 1 - others;
    }

    /// Cursors only go forwards: whoever is not past it now, was not past it then.
    private boolean isConsumed(StreamName name, Stored gone) {
        Groups groups = node.engine().groups();
        return groups.known().stream().allMatch(group -> {
            Cursor cursor = groups.cursors(group).get(Partition.only(name));
            return cursor == null || cursor.floor() > gone.position() || truth.hadGone(group, name, gone.position());
        });
    }

    private boolean isThere(Sent event) {
        Extent extent = extents.getOrDefault(event.stream, Extent.EMPTY);
        return truth.log.places(event).stream().anyMatch(place -> place.position() < extent.next());
    }

    private boolean isBlind(Sent event) {
        return truth.log.stream(event.stream).blind;
    }

    private void expectStored(Sent event) {
        truth.expect(isThere(event) || isBlind(event), "what was acknowledged is stored", () -> event + " is not");
    }

    private void expectThere(PayloadTruth payload) {
        try {
            payload.expectThere(node);
        } catch (IOException e) {
            throw new CompletionException(
                    new Unavailable(String.valueOf(e.getMessage()), Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        }
    }

    private void expectWhole(SentBatch batch) {
        List<Sent> there = new ArrayList<>();
        List<Sent> missing = new ArrayList<>();
        for (Sent event : batch.distinct) {
            if (!isBlind(event)) {
                (isThere(event) ? there : missing).add(event);
            }
        }
        truth.expect(
                there.isEmpty() || missing.isEmpty(),
                "a batch is stored whole or not at all",
                () -> there + " without " + missing);
    }

    private void expectDead() {
        truth.log.dead().forEach((dead, count) -> {
            if (dead.reason().equals("reported")) {
                int reported = 0;
                for (GroupTruth group : truth.groups()) {
                    reported += group.name.toString().equals(dead.group()) ? group.reported(dead.id()) : 0;
                }
                truth.expect(
                        count <= reported, "nobody dies who was not reported", () -> dead + " " + count + " times");
            } else {
                truth.subscriptionsOf(dead.group()).forEach(subscription -> subscription.expectRefused(dead));
                truth.expect(
                        count == 1 || mayDieAgain(dead), "an event dies once", () -> dead + " " + count + " times");
            }
        });
    }

    /// Where it is in the log more than once, or was revealed anew.
    private boolean mayDieAgain(Dead dead) {
        Sent event = truth.find(dead.id());
        ClientName client = new ClientName(dead.group().split("/", 2)[0]);
        return event.ambiguous
                || !truth.isSteady(client, event.type.value())
                || truth.subscriptionsOf(dead.group()).anyMatch(subscription -> subscription.mayGetAgain(event));
    }

    /// What a group was told is buried is in the dead lane.
    private void expectBuried(Buried buried) {
        boolean removed = truth.log.stream(LaneStreams.dead(buried.group.name.client())).first > 0;
        for (String id : buried.ids) {
            truth.expect(
                    removed || truth.log.dead(new Dead(buried.group.name.toString(), id, "reported")) > 0,
                    "what is buried is in the dead lane",
                    buried.group.name + " reported " + id);
        }
    }

    /// What was answered as buried when the audit began.
    private record Buried(GroupTruth group, Set<String> ids) {}
}
