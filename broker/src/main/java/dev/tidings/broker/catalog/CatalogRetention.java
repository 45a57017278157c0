package dev.tidings.broker.catalog;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.RetentionRules;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How long what is kept: what the catalog says of types, and the rules of the lanes.
final class CatalogRetention {
    private static final RetentionRules.Rule TEST = new RetentionRules.Rule(Duration.ofHours(1), null, null, false);
    private static final RetentionRules.Rule DEAD = new RetentionRules.Rule(Duration.ofDays(30), null, null, false);

    private CatalogRetention() {}

    /// @param existing streams that hold events: the dead events of a client that the catalog names no more stay
    ///                 for as long as those of others
    static RetentionRules of(Catalog catalog, Collection<StreamName> existing) {
        Map<EventType, RetentionRules.Rule> byType = new HashMap<>();
        catalog.types().forEach((type, entry) -> byType.put(type, entry.retention()));
        Map<StreamName, RetentionRules.Rule> byStream = new HashMap<>();
        for (ClientName client : catalog.clients().keySet()) {
            byStream.put(LaneStreams.test(client), TEST);
            byStream.put(LaneStreams.dead(client), DEAD);
        }
        for (StreamName stream : existing) {
            if (LaneStreams.isDead(stream)) {
                byStream.put(stream, DEAD);
            }
        }
        return new RetentionRules(RetentionRules.FIVE_DAYS, byType, byStream);
    }
}
