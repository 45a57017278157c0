package dev.tidings.broker.consuming;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells how the groups are doing, for metrics and administration. May be used by any thread.
@FunctionalInterface
public interface GroupStandings {
    /// Of no groups.
    GroupStandings NONE = () -> CompletableFuture.completedStage(List.of());

    /// How each group is doing at this moment. Asked seldom: it may cost a look at every group.
    CompletionStage<List<GroupStanding>> now();
}
