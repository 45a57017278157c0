package dev.tidings.broker.catalog;

import dev.tidings.engine.RetentionRules;
import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An event type that exists.
///
/// @param schema        the text of its JSON Schema; null: any data
/// @param maxSize       the largest event; null: the configured limit
/// @param deduplication how long a source and id are remembered; zero: not at all
/// @param delivery      how fast it may be delivered, to all consumers together
/// @param queue         the group that alone consumes its events, each of which is removed then; null: they are no
///                      queue
/// @param refers        whether an event may have a `dataref` instead of data that its schema judges
public record TypeEntry(
        EventType type,
        String description,
        @Nullable String schema,
        RetentionRules.Rule retention,
        @Nullable DataSize maxSize,
        Duration deduplication,
        DeliveryLimits delivery,
        @Nullable String queue,
        boolean refers) {
    public static final Duration DEFAULT_DEDUPLICATION = Duration.ofDays(1);

    /// No queue, and no data that is elsewhere alone.
    public TypeEntry(
            EventType type,
            String description,
            @Nullable String schema,
            RetentionRules.Rule retention,
            @Nullable DataSize maxSize,
            Duration deduplication,
            DeliveryLimits delivery) {
        this(type, description, schema, retention, maxSize, deduplication, delivery, null, false);
    }
}
