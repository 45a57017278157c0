package dev.tidings.engine.segmented.commit;

import java.time.Duration;

/// @param queueBytes      batches that wait may take so much
/// @param groupBytes      a group holds at most so much, or one batch
/// @param groupRequests   a group holds at most so many batches
/// @param batchBytes      a batch may be so large
/// @param patience        how long a group waits for room
/// @param checkpointAfter so many bytes in memory only ask for a checkpoint; with four times as many, groups wait
/// @param ringUse         so much of the ring in use asks for a checkpoint
public record CommitLimits(
        long queueBytes,
        long groupBytes,
        int groupRequests,
        long batchBytes,
        Duration patience,
        long checkpointAfter,
        double ringUse) {}
