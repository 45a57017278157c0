package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Appended.Place;
import dev.tidings.engine.Batch.CursorMove;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.format.Draft;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Items;
import dev.tidings.engine.segmented.format.Writer;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.util.List;

/// Gives each entry of a batch its place, or finds it to be a duplicate, and writes the batch into the group's record.
/// Nothing in here can fail for what a batch holds: that was looked at before.
final class Judge {
    private static final Place DUPLICATE = new Place.Duplicate();

    private final Memory memory;
    private final Streams streams;
    private final Duplicates duplicates;

    Judge(Memory memory, Duplicates duplicates) {
        this.memory = memory;
        this.streams = memory.streams();
        this.duplicates = duplicates;
    }

    void admit(Request request, Group group) {
        Place[] places = new Place[request.arrivals().size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(request.arrivals().get(i), group);
        }
        for (CursorMove move : request.cursors()) {
            StreamLog stream = stream(move.partition().stream(), group.record);
            Items.cursor(group.record, stream.number(), move.group(), move.cursor());
        }
        for (StateChange change : request.states()) {
            Items.state(group.record, change);
        }
        for (GroupName forgotten : request.forgotten()) {
            Items.forget(group.record, forgotten);
        }
        request.firsts().forEach((stream, first) -> begin(stream, first, group));
        request.cursors().forEach(move -> group.cursors.add(new CursorChange.Moved(move)));
        request.forgotten().forEach(forgotten -> group.cursors.add(new CursorChange.Forgotten(forgotten)));
        group.states.addAll(request.states());
        group.answers.add(new Group.Answer(request.answer(), new Appended(group.at, List.of(places))));
    }

    /// Cursors that came after retention had looked count too.
    private void begin(int stream, First first, Group group) {
        Partition partition = memory.streams().get(stream).partition();
        if (!first.consumed() || lowestFloor(partition, group) >= first.position()) {
            Items.first(group.record, stream, first.position());
            group.firsts.put(stream, first.position());
        }
    }

    private long lowestFloor(Partition partition, Group group) {
        long lowest = memory.cursors().lowestFloor(partition);
        for (CursorChange change : group.cursors) {
            lowest = change instanceof CursorChange.Moved(CursorMove move)
                            && move.partition().equals(partition)
                    ? Math.min(lowest, move.cursor().floor())
                    : lowest;
        }
        return lowest;
    }

    private Place place(Arrival arrival, Group group) {
        Draft draft = arrival.draft();
        if (duplicates.has(draft, group.millis)) {
            return DUPLICATE;
        }
        StreamLog stream = arrival.stream() != null ? arrival.stream() : stream(draft.stream(), group.record);
        int type = arrival.type() >= 0 ? arrival.type() : type(stream, draft.type(), group.record);
        group.touch(stream);
        long position = stream.tail().next();
        int at = EntryFormat.write(
                group.record, draft, new EntryFormat.Place(stream.number(), type, position, group.millis));
        StoredEvent stored = EntryFormat.read(group.record.array(), at, stream.types()[type]);
        stream.tail().put(stored);
        duplicates.add(draft, stream, position, group.millis);
        return new Place.Stored(stream.partition(), position);
    }

    private StreamLog stream(StreamName name, Writer record) {
        StreamLog known = streams.find(name);
        if (known != null) {
            return known;
        }
        StreamLog stream = streams.add(streams.nextNumber(), name);
        Items.stream(record, stream.number(), name);
        return stream;
    }

    private static int type(StreamLog stream, EventType type, Writer record) {
        int known = stream.typeNumber(type);
        if (known >= 0) {
            return known;
        }
        int number = stream.types().length;
        stream.addType(number, type);
        Items.type(record, stream.number(), number, type);
        return number;
    }
}
