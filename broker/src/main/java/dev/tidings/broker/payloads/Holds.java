package dev.tidings.broker.payloads;

import dev.tidings.engine.Partition;
import dev.tidings.model.StreamName;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What keeps a payload: the streams in which events refer to it. A stream with no ends has such an event at a place
/// that was not looked up yet; else all such events are below its ends. Immutable.
///
/// @param referenced when an event of its type was last accepted that refers to it; null: never
/// @param streams    for each stream the ends of its partitions, or none
public record Holds(@Nullable Instant referenced, Map<StreamName, Map<Partition, Long>> streams) {
    static final Holds NOTHING = new Holds(null, Map.of());

    public Holds {
        streams = Map.copyOf(streams);
    }

    /// An event in this stream refers to it.
    Holds in(StreamName stream) {
        return with(stream, Map.of());
    }

    /// All events in this stream that refer to it are below these ends.
    Holds until(StreamName stream, Map<Partition, Long> ends) {
        return with(stream, Map.copyOf(ends));
    }

    Holds without(StreamName stream) {
        Map<StreamName, Map<Partition, Long>> fewer = new TreeMap<>(streams);
        fewer.remove(stream);
        return new Holds(referenced, fewer);
    }

    Holds referencedAt(Instant time) {
        return referenced == null || referenced.isBefore(time) ? new Holds(time, streams) : this;
    }

    private Holds with(StreamName stream, Map<Partition, Long> ends) {
        Map<StreamName, Map<Partition, Long>> more = new TreeMap<>(streams);
        more.put(stream, ends);
        return new Holds(referenced, more);
    }
}
