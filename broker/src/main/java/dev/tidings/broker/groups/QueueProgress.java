package dev.tidings.broker.groups;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.Queues;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules.Progress;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;

/// How far the events of queues are consumed: as far as what is stored of their groups says, cursors and what those
/// speak for. What a group has not read yet, or reads late because it was granted late, is not consumed.
public final class QueueProgress implements Progress {
    private static final long NOTHING = 0;

    private final Engine engine;
    private final Catalogs catalogs;

    public QueueProgress(Engine engine, Catalogs catalogs) {
        this.engine = engine;
        this.catalogs = catalogs;
    }

    @Override
    public long consumedTo(Partition partition, EventType type) {
        if (partition.stream().internal()) {
            return NOT_A_QUEUE;
        }
        GroupName group = Queues.groups(catalogs.current()).get(type);
        if (group == null) {
            return NOTHING;
        }
        Coverage before = Coverage.find(engine.states(), group, partition);
        Cursor cursor = engine.groups().cursors(group).get(partition);
        Coverage after = Coverage.find(engine.states(), group, partition);
        // both are stored together, but not read together
        return cursor != null && after != null && after.equals(before) ? consumedTo(cursor, after, type) : NOTHING;
    }

    private static long consumedTo(Cursor cursor, Coverage coverage, EventType type) {
        if (!coverage.grants().includes(type)) {
            return NOTHING;
        }
        long consumed = cursor.floor();
        for (Coverage.Stretch gap : coverage.gaps()) {
            if (gap.types().contains(type)) {
                consumed = Math.min(consumed, gap.at());
            }
        }
        return consumed;
    }
}
