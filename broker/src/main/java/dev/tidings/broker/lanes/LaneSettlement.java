package dev.tidings.broker.lanes;

import dev.tidings.engine.Batch;
import dev.tidings.model.ClientName;
import java.util.concurrent.CompletionStage;

/// Settles dead events for others than a consumer. Each client's lanes have one owner, its loop, so that nobody
/// else moves their cursors. May be called by any thread.
@FunctionalInterface
public interface LaneSettlement {
    /// Settles the event at this position of [LaneStreams#dead] and appends `together` in the same batch.
    /// Completes with true once that is durable; with false, and nothing appended, where the event was settled
    /// before; exceptionally with [dev.tidings.engine.Unavailable].
    CompletionStage<Boolean> settle(ClientName client, long position, Batch together);
}
