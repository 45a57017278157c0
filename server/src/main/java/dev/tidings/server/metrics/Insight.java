package dev.tidings.server.metrics;

import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.broker.lanes.LaneBacklog;
import dev.tidings.engine.EngineStatus;
import dev.tidings.model.DataSize;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// What the server can see of the broker beneath it, for its health and its figures.
///
/// @param engine how the store is now; quick, and to be called by any thread
/// @param groups how the groups are now
/// @param lanes  what the lanes hold now; quick, and to be called by any thread
public record Insight(
        Metrics metrics,
        Supplier<EngineStatus> engine,
        Supplier<CompletionStage<List<GroupStatus>>> groups,
        Supplier<List<LaneBacklog>> lanes) {
    /// Of a store that is always well and has no groups.
    public static Insight blind() {
        EngineStatus well = new EngineStatus(null, new DataSize(0), new DataSize(Long.MAX_VALUE), 0);
        return new Insight(
                new Metrics(MetricsConfig.DEFAULT),
                () -> well,
                () -> CompletableFuture.completedStage(List.of()),
                List::of);
    }
}
