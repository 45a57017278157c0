package dev.tidings.broker.groups;

import dev.tidings.engine.EventLog;
import dev.tidings.engine.Partition;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where a group begins in partitions in which it has no cursor: where it was to start, and not before anything is
/// revealed to it.
record StartPositions(EventLog log, GroupSettings settings) {
    CompletionStage<Map<Partition, Long>> of(Set<Partition> partitions, Selection selection) {
        Map<Partition, CompletableFuture<Long>> found = new HashMap<>();
        for (Partition partition : partitions) {
            found.put(partition, of(partition, selection).toCompletableFuture());
        }
        return CompletableFuture.allOf(found.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> {
                    Map<Partition, Long> positions = new HashMap<>();
                    found.forEach((partition, position) -> positions.put(partition, position.join()));
                    return positions;
                });
    }

    private CompletionStage<Long> of(Partition partition, Selection selection) {
        Instant time =
                partition.stream().internal() ? null : later(settings.from(), selection.beginning(partition.stream()));
        return time == null
                ? CompletableFuture.completedStage(log.extent(partition).first())
                : log.positionAt(partition, time);
    }

    static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
