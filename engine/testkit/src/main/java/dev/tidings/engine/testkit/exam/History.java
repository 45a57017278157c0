package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.RetentionRules.Rule;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// What is done to a store, step by step; the same seed gives the same history.
record History(List<Step> steps) {
    static final List<EventType> TYPES = List.of(
            new EventType("Acme.Shop.Order.Placed"),
            new EventType("Acme.Shop.Order.Paid"),
            new EventType("Acme.Post.Parcel.Sent"),
            new EventType("Acme.Post.Parcel.Lost"),
            new EventType("tick"));
    static final List<StreamName> STREAMS =
            TYPES.stream().map(EventType::stream).distinct().toList();
    static final List<GroupName> GROUPS = List.of(
            new GroupName(new ClientName("acme"), GroupName.DEFAULT), new GroupName(new ClientName("other"), "g"));
    static final RetentionRules RULES = new RetentionRules(
            new Rule(Duration.ofHours(12), null, null, false),
            Map.of(
                    TYPES.get(0), new Rule(Duration.ofHours(2), null, null, true),
                    TYPES.get(2), new Rule(Duration.ofDays(9), 12L, null, false)),
            Map.of());
    private static final Duration WINDOW = Duration.ofDays(30);

    sealed interface Step {
        record Append(Batch batch) implements Step {}

        record Wait(Duration duration) implements Step {}

        record Sweep() implements Step {}
    }

    static History random(long seed, int length) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        return new History(IntStream.range(0, length)
                .mapToObj(i -> step(random, i * 10L / length))
                .toList());
    }

    /// One batch that concerns everything.
    static History ofOneBatch() {
        List<Batch.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            entries.add(entry(TYPES.get(i % TYPES.size()), "e" + i, 6_000));
        }
        List<CursorMove> moves = List.of(new CursorMove(GROUPS.get(0), partition(0), Cursor.at(2)));
        return new History(List.of(new Step.Append(new Batch(entries, moves, List.of(Samples.put("t", "k", "v"))))));
    }

    private static Step step(Random random, long tenth) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return new Step.Sweep();
        }
        if (kind < 4) {
            return new Step.Wait(Duration.ofMinutes(random.nextInt(90)));
        }
        return new Step.Append(new Batch(entries(random), moves(random, tenth), changes(random)));
    }

    private static List<Batch.Entry> entries(Random random) {
        List<Batch.Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int size = random.nextInt(5) == 0 ? random.nextInt(20_000) : random.nextInt(300);
            entries.add(entry(TYPES.get(random.nextInt(TYPES.size())), "e" + random.nextInt(300), size));
        }
        return entries;
    }

    private static Batch.Entry entry(EventType type, String id, int size) {
        return Samples.entry(Samples.event("s", type, id, size), WINDOW);
    }

    private static List<CursorMove> moves(Random random, long tenth) {
        if (random.nextInt(3) > 0) {
            return List.of();
        }
        long floor = tenth * 3;
        Ranges holes = random.nextBoolean() ? Ranges.NONE : Ranges.ofBounds(floor + 1, floor + 2, floor + 5, floor + 9);
        Map<Long, Integer> attempts = random.nextBoolean() ? Map.of() : Map.of(floor, 1 + random.nextInt(5));
        return List.of(new CursorMove(
                GROUPS.get(random.nextInt(GROUPS.size())),
                partition(random.nextInt(STREAMS.size())),
                new Cursor(floor, holes, attempts)));
    }

    private static List<StateChange> changes(Random random) {
        String key = "k" + random.nextInt(5);
        return switch (random.nextInt(6)) {
            case 0 -> List.of(Samples.put("t", key, "v" + random.nextInt()));
            case 1 -> List.of(new StateChange.Remove("t", key));
            default -> List.of();
        };
    }

    private static Partition partition(int stream) {
        return Partition.only(STREAMS.get(stream));
    }
}
