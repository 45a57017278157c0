package dev.tidings.server.metrics;

import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.broker.lanes.LaneBacklog;
import dev.tidings.broker.pressure.Throttled;
import dev.tidings.broker.pressure.TypeLoad;
import dev.tidings.engine.EngineStatus;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.GroupName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
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
        Supplier<List<LaneBacklog>> lanes,
        Pressure pressure) {
    /// How types are delivered of which the catalog limits how fast that may be.
    ///
    /// @param loads     how they are delivered now; quick, and to be called by any thread
    /// @param throttled which groups of a client they hold back
    public record Pressure(
            Supplier<List<TypeLoad>> loads,
            Function<ClientName, CompletionStage<Map<GroupName, List<Throttled>>>> throttled) {
        /// Of no such types.
        public static final Pressure NONE = new Pressure(List::of, _ -> CompletableFuture.completedStage(Map.of()));
    }

    /// Of a store that is always well and has no groups.
    public static Insight blind() {
        EngineStatus well = new EngineStatus(null, new DataSize(0), new DataSize(Long.MAX_VALUE), 0);
        return new Insight(
                new Metrics(MetricsConfig.DEFAULT),
                () -> well,
                () -> CompletableFuture.completedStage(List.of()),
                List::of,
                Pressure.NONE);
    }
}
