package dev.tidings.engine.segmented.salvage;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Lost;
import dev.tidings.engine.segmented.salvage.Recollection.Entry;
import dev.tidings.engine.segmented.salvage.Recollection.OfStream;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes the streams of a damaged store over into a new one.
final class StreamSalvage {
    private final From from;
    private final SegmentStore store;
    private final Memory memory;
    private final long seed;

    /// What the damaged store has.
    ///
    /// @param typeOf the type that the JSON of an event tells
    record From(
            SegmentEntries entries,
            Recollection known,
            Function<Bytes, Optional<EventType>> typeOf,
            Consumer<String> notes) {}

    StreamSalvage(From from, SegmentStore store, Memory memory, long seed) {
        this.from = from;
        this.store = store;
        this.memory = memory;
        this.seed = seed;
    }

    /// Takes over all streams; numbers stay what they were.
    List<Salvaged.OfStream> salvage() throws IOException {
        from.entries.streams().forEach(from.known::of);
        int count = from.known.streams.isEmpty() ? 0 : from.known.streams.lastKey() + 1;
        List<Salvaged.OfStream> outcomes = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            outcomes.add(salvage(number, from.known.of(number)));
        }
        return outcomes;
    }

    private Salvaged.OfStream salvage(int number, OfStream known) throws IOException {
        learnTypes(number, known);
        StreamLog stream = memory.streams().add(number, name(number, known));
        int lostType = typesTo(stream, known);
        StreamRewriter.Stream about = new StreamRewriter.Stream(
                new SegmentStore.Target(number, stream.name(), List.of()),
                lostType,
                begin(number, known),
                seed,
                from.known.time,
                from.notes);
        StreamRewriter rewriter = new StreamRewriter(store, memory.seen(), about);
        rewrite(number, known, rewriter);
        forgetWhatMakesNoSense(number, known, rewriter);
        rewriter.fillTo(reach(known));
        rewriter.end();
        stream.restore(about.first(), rewriter.next(), rewriter.segments());
        known.cursors.forEach((group, cursor) -> memory.cursors().set(group, stream.partition(), cursor));
        return rewriter.outcome();
    }

    /// Where the stream begins: where it is known to, or with the first event there is.
    private long begin(int number, OfStream known) throws IOException {
        if (known.first >= 0) {
            return known.first;
        }
        long[] lowest = {known.entries.isEmpty() ? Long.MAX_VALUE : known.entries.firstKey()};
        from.entries.visit(
                number, (array, at) -> lowest[0] = Math.min(lowest[0], EntryFormat.position(array, at)), _ -> {});
        return lowest[0] == Long.MAX_VALUE ? 0 : lowest[0];
    }

    private void forgetWhatMakesNoSense(int number, OfStream known, StreamRewriter rewriter) {
        if (!rewriter.canReach(known.reached)) {
            from.notes.accept("stream %d did not come as far as %d".formatted(number, known.reached));
            known.reached = 0;
        }
        known.cursors.entrySet().removeIf(cursor -> {
            boolean nonsense = !rewriter.canReach(cursor.getValue().reach());
            if (nonsense) {
                from.notes.accept("stream %d: the cursor of group %s makes no sense; it begins anew"
                        .formatted(number, cursor.getKey()));
            }
            return nonsense;
        });
    }

    /// Positions that a group has settled must not be given to new events.
    private static long reach(OfStream known) {
        long reach = known.reached;
        for (Cursor cursor : known.cursors.values()) {
            reach = Math.max(reach, cursor.reach());
        }
        return reach;
    }

    private void rewrite(int number, OfStream known, StreamRewriter rewriter) throws IOException {
        Iterator<Map.Entry<Long, Entry>> others = known.entries.entrySet().iterator();
        Others rest = new Others(others, rewriter);
        from.entries.visit(
                number,
                (array, at) -> {
                    rest.before(EntryFormat.position(array, at));
                    rewriter.add(array, at);
                },
                from.notes);
        rest.before(Long.MAX_VALUE);
    }

    /// The entries that are not in segments, given to the rewriter in between.
    private static final class Others {
        private final Iterator<Map.Entry<Long, Entry>> entries;
        private final StreamRewriter rewriter;
        private Map.@Nullable Entry<Long, Entry> next;

        Others(Iterator<Map.Entry<Long, Entry>> entries, StreamRewriter rewriter) {
            this.entries = entries;
            this.rewriter = rewriter;
            this.next = entries.hasNext() ? entries.next() : null;
        }

        void before(long position) throws IOException {
            while (next != null && next.getKey() < position) {
                Entry entry = next.getValue();
                rewriter.add(entry.array(), entry.at());
                next = entries.hasNext() ? entries.next() : null;
            }
        }
    }

    /// Where the name of a type was lost, its events tell it.
    private void learnTypes(int number, OfStream known) throws IOException {
        SegmentEntries.Visitor learner = (array, at) -> {
            int type = EntryFormat.type(array, at);
            known.highestType = Math.max(known.highestType, type);
            if (!known.types.containsKey(type)) {
                Bytes json = EntryFormat.read(array, at, Lost.TYPE).json();
                from.typeOf.apply(json).ifPresent(told -> known.types.put(type, told));
            }
        };
        from.entries.visit(number, learner, _ -> {});
        for (Entry entry : known.entries.values()) {
            learner.entry(entry.array(), entry.at());
        }
    }

    /// Gives the stream its types, and returns the number of that of lost events.
    private static int typesTo(StreamLog stream, OfStream known) {
        int count = known.highestType + 1;
        int lost = count;
        for (int number = 0; number < count; number++) {
            EventType type = known.types.getOrDefault(number, new EventType("tidings.lost." + number));
            stream.addType(number, type);
            lost = type.equals(Lost.TYPE) ? number : lost;
        }
        if (lost == count) {
            stream.addType(count, Lost.TYPE);
        }
        return lost;
    }

    private StreamName name(int number, OfStream known) {
        String told = known.name.isEmpty() ? from.entries.name(number) : known.name;
        if (told != null) {
            return new StreamName(told);
        }
        from.notes.accept("the name of stream %d is lost".formatted(number));
        return new StreamName("tidings.lost." + number);
    }
}
