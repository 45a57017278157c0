package dev.tidings.sim.actors;

import dev.tidings.broker.consuming.Opening;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Who lives in a world, and how much they do.
///
/// @param queueReader the group to which the events of [#QUEUE] go
record Plan(
        List<ClientName> producers,
        List<ClientName> consumers,
        List<GroupPlan> groups,
        GroupName queueReader,
        int batches,
        int turns) {
    static final List<EventType> TYPES = List.of(
            new EventType("Sim.Alpha.Thing.Made"),
            new EventType("Sim.Alpha.Thing.Moved"),
            new EventType("Sim.Alpha.Thing.Lost"),
            new EventType("Sim.Beta.Box.Opened"),
            new EventType("Sim.Beta.Box.Closed"),
            new EventType("Sim.Gamma.Door.Shut"),
            new EventType("Sim.Delta.Work.Wanted"));
    /// Of this type, an event may be stored as often as it is sent.
    static final EventType FORGETFUL = TYPES.get(5);
    /// This type is a queue, and has a stream of its own.
    static final EventType QUEUE = TYPES.get(6);

    /// A group as all its instances ask for it. All filters keep out the events whose id ends with 7.
    record GroupPlan(GroupName name, Opening opening) {
        Opening with(Set<Lane> lanes, @Nullable String process, @Nullable Duration backOff) {
            return new Opening(
                            opening.group(),
                            lanes,
                            opening.inflight(),
                            opening.types(),
                            opening.maxDeliveries(),
                            opening.start(),
                            new Opening.Patience(process, null, backOff))
                    .withFilter(opening.filter());
        }
    }

    static Plan random(SplittableRandom random) {
        List<ClientName> producers = names("p", 1 + random.nextInt(3));
        List<ClientName> consumers = names("c", 1 + random.nextInt(2));
        List<GroupName> names = new ArrayList<>();
        for (ClientName consumer : consumers) {
            for (String name : List.of(GroupName.DEFAULT, "g1", "g2").subList(0, 1 + random.nextInt(3))) {
                names.add(new GroupName(consumer, name));
            }
        }
        GroupName queueReader = names.get(random.nextInt(names.size()));
        List<GroupPlan> groups = names.stream()
                .map(name -> group(name, name.equals(queueReader), random))
                .toList();
        return new Plan(producers, consumers, groups, queueReader, 2 + random.nextInt(8), 5 + random.nextInt(40));
    }

    private static List<ClientName> names(String prefix, int count) {
        List<ClientName> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(new ClientName(prefix + i));
        }
        return names;
    }

    private static GroupPlan group(GroupName name, boolean readsQueue, SplittableRandom random) {
        Opening opening = new Opening(
                name.name(),
                Set.of(Lane.EVENTS),
                random.nextInt(3) == 0 ? null : 1 + random.nextInt(20),
                random.nextInt(4) == 0 ? subset(readsQueue) : null,
                random.nextInt(4) == 0 ? 1 + random.nextInt(3) : null,
                start(random));
        String filter = switch (random.nextInt(8)) {
            case 0 -> "{\"not\":{\"suffix\":{\"id\":\"7\"}}}";
            case 1 -> "{\"sql\":\"id NOT LIKE '%7'\"}";
            default -> null;
        };
        return new GroupPlan(name, opening.withFilter(filter));
    }

    /// The group of a queue can't leave it out.
    private static Set<EventType> subset(boolean readsQueue) {
        return readsQueue ? Set.of(TYPES.get(0), TYPES.get(3), QUEUE) : Set.of(TYPES.get(0), TYPES.get(3));
    }

    private static Opening.Start start(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Opening.Start.Latest();
            case 1 -> new Opening.Start.At(HandClock.START.plus(Duration.ofMillis(random.nextInt(3_000))));
            default -> new Opening.Start.Earliest();
        };
    }
}
