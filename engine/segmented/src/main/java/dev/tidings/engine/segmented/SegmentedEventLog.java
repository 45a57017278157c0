package dev.tidings.engine.segmented;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.segmented.commit.Answers;
import dev.tidings.engine.segmented.commit.Appends;
import dev.tidings.engine.segmented.commit.Health;
import dev.tidings.engine.segmented.reading.Reads;
import dev.tidings.engine.segmented.retention.Sweep;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The log's face over its parts.
final class SegmentedEventLog implements EventLog {
    private final Appends appends;
    private final Reads reads;
    private final SegmentedGroups groups;
    private final Parts parts;

    /// The rest of what the log speaks to.
    record Parts(Health health, Answers answers, Sweep retention, Sweeper sweeper) {}

    SegmentedEventLog(Appends appends, Reads reads, SegmentedGroups groups, Parts parts) {
        this.appends = appends;
        this.reads = reads;
        this.groups = groups;
        this.parts = parts;
    }

    @Override
    public CompletionStage<Appended> append(Batch batch) {
        for (Batch.CursorMove move : batch.cursors()) {
            if (!groups.holds(move.group(), move.partition())) {
                return CompletableFuture.failedFuture(
                        parts.health.refused("no member of %s holds %s".formatted(move.group(), move.partition())));
            }
        }
        for (GroupName forgotten : batch.forgotten()) {
            if (groups.hasMembers(forgotten)) {
                return CompletableFuture.failedFuture(parts.health.refused(forgotten + " has members"));
            }
        }
        return appends.append(batch);
    }

    @Override
    public EventReader reader(Partition partition, TypeSelection types) {
        return reads.reader(partition, types);
    }

    @Override
    public Collection<StreamName> streams() {
        List<StreamName> names = new ArrayList<>();
        for (StreamLog stream : reads.streams().all()) {
            if (stream.end() > 0) {
                names.add(stream.name());
            }
        }
        return names;
    }

    @Override
    public Set<Partition> partitions(StreamName stream) {
        return Set.of(Partition.only(stream));
    }

    @Override
    public Extent extent(Partition partition) {
        StreamLog stream = partition.number() == 0 ? reads.streams().find(partition.stream()) : null;
        return stream == null ? Extent.EMPTY : stream.extent();
    }

    @Override
    public CompletionStage<Long> positionAt(Partition partition, Instant time) {
        return reads.positionAt(partition, time);
    }

    @Override
    public void onAppend(AppendListener listener) {
        parts.answers.listen(listener);
    }

    @Override
    public void retain(RetentionRules rules) {
        parts.retention.retain(rules);
    }

    @Override
    public Duration sweep() {
        return parts.sweeper.now();
    }
}
