package dev.tidings.broker.catalog;

import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.RetentionRules.Rule;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Tells the store how long to keep what: what the catalog in force says of types, and for how long lanes offer their
/// events.
public final class CatalogRetention {
    private final EventLog log;
    private final Rule test;
    private final Rule dead;
    private final RetentionRules.Progress progress;

    /// @param testAge  for how long test events are kept
    /// @param deadAge  for how long dead events are kept
    /// @param progress how far the events of queues are consumed
    public CatalogRetention(EventLog log, Duration testAge, Duration deadAge, RetentionRules.Progress progress) {
        this.log = log;
        this.test = new Rule(testAge, null, null, false);
        this.dead = new Rule(deadAge, null, null, false);
        this.progress = progress;
    }

    /// Puts the rules of the catalog in force, and those of each that comes after it.
    public void follow(Catalogs catalogs) {
        catalogs.onChange(this::enforce);
        enforce(catalogs.current());
    }

    /// The dead events of a client that the catalog names no more stay for as long as those of others.
    private void enforce(Catalog catalog) {
        Map<EventType, Rule> byType = new HashMap<>();
        catalog.types().forEach((type, entry) -> byType.put(type, rule(entry)));
        Map<StreamName, Rule> byStream = new HashMap<>();
        for (ClientName client : catalog.clients().keySet()) {
            byStream.put(LaneStreams.test(client), test);
            byStream.put(LaneStreams.dead(client), dead);
        }
        for (StreamName stream : log.streams()) {
            if (LaneStreams.isDead(stream)) {
                byStream.put(stream, dead);
            }
        }
        log.retain(new RetentionRules(RetentionRules.FIVE_DAYS, byType, byStream, progress));
    }

    private static Rule rule(TypeEntry entry) {
        Rule rule = entry.retention();
        return entry.queue() == null
                ? rule
                : new Rule(rule.age(), rule.count(), rule.size(), rule.untilConsumed(), true);
    }
}
