package dev.tidings.engine;

import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long events are kept. A rule for a stream (the broker's lanes have them) goes before a rule for a type,
/// that before [#byDefault].
public record RetentionRules(Rule byDefault, Map<EventType, Rule> byType, Map<StreamName, Rule> byStream) {
    public static final Rule FIVE_DAYS = new Rule(Duration.ofDays(5), null, null, false);
    public static final RetentionRules DEFAULT = new RetentionRules(FIVE_DAYS, Map.of(), Map.of());

    public RetentionRules {
        byType = Map.copyOf(byType);
        byStream = Map.copyOf(byStream);
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
    public record Rule(
            Duration age, @Nullable Long count, @Nullable DataSize size, boolean untilConsumed) {}
}
