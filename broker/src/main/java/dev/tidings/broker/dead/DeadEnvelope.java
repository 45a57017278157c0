package dev.tidings.broker.dead;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A dead event as its client's lane keeps it: who reported what, and what had been delivered. At least one of the
/// two events is there.
///
/// @param type     the type of the original, else of the report, else [#UNKNOWN_TYPE]
/// @param report   who said that it is dead, when and why
/// @param reported the event as JSON as it was reported; null where nobody reported one, or exactly the original
/// @param original what had been delivered; null where the report matches nothing that was in flight
public record DeadEnvelope(
        EventType type,
        DeadReport report,
        @Nullable Bytes reported,
        @Nullable Original original) {
    /// Stands for the type of a report that names none.
    public static final EventType UNKNOWN_TYPE = new EventType("unknown");

    public DeadEnvelope {
        if (original != null && original.json.equals(reported)) {
            reported = null;
        }
        if (reported == null && original == null) {
            throw new IllegalArgumentException("a dead event is a report, an original, or both");
        }
    }

    /// The envelope in an event of [LaneStreams#dead].
    ///
    /// @throws IllegalArgumentException where it holds none
    public static DeadEnvelope of(StoredEvent stored) {
        return DeadEnvelopeJson.read(stored.json());
    }

    /// What is to be appended to the lane of the client whose group it is.
    public Batch.Entry toEntry() {
        Event event = new Event(
                report.instance(),
                LaneStreams.dead(report.group().client()).value(),
                type,
                null,
                report.at(),
                DeadEnvelopeJson.dataRef(original == null ? delivered() : original.json),
                new Event.Data.None(),
                DeadEnvelopeJson.write(this));
        return new Batch.Entry(LaneStreams.dead(report.group().client()), event, Duration.ZERO);
    }

    /// Whether the report named an event that was in flight, or the event died without a report.
    public boolean matched() {
        return original != null;
    }

    /// Whether the report differs from what had been delivered.
    public boolean changed() {
        return original != null && reported != null;
    }

    /// What the dead lane delivers: the event as reported, else the original.
    public Bytes delivered() {
        return reported != null ? reported : Objects.requireNonNull(original).json;
    }

    /// The `source` and `id` of [#delivered], where they are strings.
    public Identity identity() {
        return DeadEnvelopeJson.identity(delivered());
    }

    /// The time of acceptance that goes with [#delivered].
    public long deliveredMillis() {
        return original != null ? original.acceptedMillis : report.at().toEpochMilli();
    }

    /// Whether [#delivered] is to be left as it is: an original without a `time` gets its time of acceptance on
    /// the way out, a report gets nothing.
    public boolean deliveredTimed() {
        return reported != null || Objects.requireNonNull(original).timed;
    }

    /// What names an event; null where it does not say.
    public record Identity(
            @Nullable String source, @Nullable String id) {}

    /// An event that had been delivered.
    ///
    /// @param partition      where it stands, or stood: retention may have removed it since
    /// @param acceptedMillis when it was accepted
    /// @param timed          whether its JSON has a `time`
    public record Original(Partition partition, long position, long acceptedMillis, boolean timed, Bytes json) {
        public static Original of(Partition partition, StoredEvent event) {
            return new Original(partition, event.position(), event.acceptedMillis(), event.timed(), event.json());
        }
    }

    /// Who said that an event is dead.
    ///
    /// @param instance the consumer instance that reported it, or had it last
    /// @param attempts how often it had been delivered, this time included; 0 where that is not known
    /// @param at       when
    /// @param detail   what had gone wrong last; null where nobody said
    public record DeadReport(
            GroupName group,
            String instance,
            DeadReason reason,
            int attempts,
            Instant at,
            @Nullable String detail) {
        public DeadReport(GroupName group, String instance, DeadReason reason, int attempts, Instant at) {
            this(group, instance, reason, attempts, at, null);
        }
    }
}
