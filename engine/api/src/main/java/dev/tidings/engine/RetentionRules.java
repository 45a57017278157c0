package dev.tidings.engine;

import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long events are kept. A rule for a stream (the broker's lanes have them) goes before a rule for a type,
/// that before [#byDefault].
///
/// @param progress how far events are consumed that are kept once consumed no longer
public record RetentionRules(
        Rule byDefault, Map<EventType, Rule> byType, Map<StreamName, Rule> byStream, Progress progress) {
    public static final Rule FIVE_DAYS = new Rule(Duration.ofDays(5), null, null, false);
    public static final RetentionRules DEFAULT = new RetentionRules(FIVE_DAYS, Map.of(), Map.of());

    public RetentionRules {
        byType = Map.copyOf(byType);
        byStream = Map.copyOf(byStream);
    }

    public RetentionRules(Rule byDefault, Map<EventType, Rule> byType, Map<StreamName, Rule> byStream) {
        this(byDefault, byType, byStream, (_, _) -> Progress.NOT_A_QUEUE);
    }

    public Rule of(StreamName stream, EventType type) {
        Rule ofStream = byStream.get(stream);
        return ofStream != null ? ofStream : byType.getOrDefault(type, byDefault);
    }

    /// An event may be removed once any of the limits is passed: it is older than [#age], or [#count] newer ones
    /// of its type exist, or [#size] of newer ones. Engines remove whole segments, so events may stay longer,
    /// never shorter.
    ///
    /// @param untilConsumed whether an event stays until every group that has a cursor in its partition is past
    ///                      it
    /// @param onceConsumed  whether an event goes as soon as it is consumed, and no sooner, by [Progress];
    ///                      the limits hold only where that knows of no queue
    public record Rule(
            Duration age, @Nullable Long count, @Nullable DataSize size, boolean untilConsumed, boolean onceConsumed) {
        public Rule(Duration age, @Nullable Long count, @Nullable DataSize size, boolean untilConsumed) {
            this(age, count, size, untilConsumed, false);
        }
    }

    /// How far the events of a queue are consumed. Asked by any thread, each time an engine looks what may go; what it
    /// said once must stay true.
    @FunctionalInterface
    public interface Progress {
        /// Nothing of the kind: what is in this partition goes by the limits.
        long NOT_A_QUEUE = -1;

        /// The position below which every event of the type in the partition is consumed.
        long consumedTo(Partition partition, EventType type);
    }
}
