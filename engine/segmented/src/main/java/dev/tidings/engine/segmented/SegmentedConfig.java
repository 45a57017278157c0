package dev.tidings.engine.segmented;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// How the embedded engine uses disk and memory.
///
/// @param ring             the write-ahead ring; its shape is fixed when a store is created
/// @param commit           what goes into one group, and what may wait
/// @param stage            from memory to segments
/// @param space            what to do about a disk that fills up
/// @param sweepInterval    how often retention is looked after
/// @param rememberedEvents for how many events source and id are remembered at most (16 to 32 bytes of memory each)
/// @param readThreads      threads that read from disk
public record SegmentedConfig(
        Ring ring,
        Commit commit,
        Stage stage,
        Space space,
        Duration sweepInterval,
        long rememberedEvents,
        int readThreads) {

    public static final SegmentedConfig DEFAULT = new SegmentedConfig(
            new Ring(8, DataSize.ofMebibytes(64)),
            new Commit(
                    DataSize.ofMebibytes(1),
                    1024,
                    DataSize.ofMebibytes(32),
                    DataSize.ofMebibytes(8),
                    Duration.ofSeconds(10)),
            new Stage(
                    DataSize.ofMebibytes(96), DataSize.ofMebibytes(64), Duration.ofHours(12), DataSize.ofMebibytes(16)),
            new Space(DataSize.ofMebibytes(64), DataSize.ofMebibytes(256), Duration.ofSeconds(10)),
            Duration.ofMinutes(1),
            16_000_000,
            2);

    private static final long SLACK = 64 << 10;

    public SegmentedConfig {
        if (commit.batch.bytes() + SLACK > ring.fileSize.bytes()
                || commit.group.bytes() + SLACK > ring.fileSize.bytes()) {
            throw new IllegalArgumentException(
                    "a batch (%s) and a group (%s) must fit into a file of the ring (%s) with 64KiB to spare"
                            .formatted(commit.batch, commit.group, ring.fileSize));
        }
        positive(sweepInterval, "the sweep interval");
        if (rememberedEvents < 1 || readThreads < 1) {
            throw new IllegalArgumentException("remembered events and read threads are at least 1");
        }
    }

    /// The same, but for the memory that events and waiting batches may take.
    public SegmentedConfig withMemory(DataSize tails, DataSize queue) {
        return new SegmentedConfig(
                ring,
                new Commit(commit.group, commit.requests, queue, commit.batch, commit.patience),
                new Stage(tails, stage.segmentSize, stage.segmentAge, stage.carried),
                space,
                sweepInterval,
                rememberedEvents,
                readThreads);
    }

    /// @param files    how many
    /// @param fileSize how large each is, a multiple of 4 KiB
    public record Ring(int files, DataSize fileSize) {
        public Ring {
            if (files < 2 || fileSize.bytes() == 0 || fileSize.bytes() % 4096 != 0) {
                throw new IllegalArgumentException(
                        "a ring has at least 2 files of a multiple of 4KiB, found %d of %s".formatted(files, fileSize));
            }
        }
    }

    /// @param group    a group holds at most so much, or one batch
    /// @param requests a group holds at most so many batches
    /// @param queue    batches that wait may take so much; more are refused
    /// @param batch    a batch may be so large
    /// @param patience how long a group waits for room in ring or memory before it is refused
    public record Commit(DataSize group, int requests, DataSize queue, DataSize batch, Duration patience) {
        public Commit {
            if (requests < 1 || queue.compareTo(batch) < 0) {
                throw new IllegalArgumentException(
                        "a group holds at least one request, and the queue (%s) one batch (%s)"
                                .formatted(queue, batch));
            }
            positive(patience, "the patience");
        }
    }

    /// @param tailMemory  memory for the newest events of all streams; a checkpoint begins when half of it is not in
    ///                    segments yet, and appends wait when twice as much is not
    /// @param segmentSize a segment is sealed once it is so large
    /// @param segmentAge  or its first event is so old
    /// @param carried     how much of streams with little that is new may stay in snapshots instead of segments
    public record Stage(DataSize tailMemory, DataSize segmentSize, Duration segmentAge, DataSize carried) {
        public Stage {
            positive(segmentAge, "the age of a segment");
            if (segmentSize.bytes() > 1L << 30) {
                throw new IllegalArgumentException("a segment has at most 1GiB, found " + segmentSize);
            }
        }
    }

    /// @param reserve    ballast, freed to finish a checkpoint on a full disk
    /// @param nearlyFull with less usable space than that, events are refused
    /// @param retryAfter what a refused caller is told
    public record Space(DataSize reserve, DataSize nearlyFull, Duration retryAfter) {
        public Space {
            positive(retryAfter, "the time to retry after");
        }
    }

    private static void positive(Duration duration, String what) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(what + " is longer than nothing, found " + duration);
        }
    }
}
