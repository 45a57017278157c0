package dev.tidings.engine.segmented;

import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.testkit.exam.DiskExaminee;
import dev.tidings.engine.testkit.exam.Examinee;
import dev.tidings.model.DataSize;
import java.time.Duration;
import java.time.InstantSource;

/// Stores so small that a few hundred events go through everything.
final class SmallStores {
    static final SegmentedConfig CONFIG = new SegmentedConfig(
            new SegmentedConfig.Ring(4, DataSize.ofMebibytes(2)),
            new SegmentedConfig.Commit(
                    DataSize.ofKibibytes(256),
                    64,
                    DataSize.ofMebibytes(4),
                    DataSize.ofKibibytes(1536),
                    Duration.ofSeconds(10)),
            new SegmentedConfig.Stage(
                    DataSize.ofKibibytes(64), DataSize.ofKibibytes(16), Duration.ofHours(1), DataSize.ofKibibytes(4)),
            new SegmentedConfig.Space(DataSize.ofKibibytes(256), DataSize.ofKibibytes(512), Duration.ofSeconds(1)),
            Duration.ofMinutes(10),
            100_000,
            1);

    /// Smaller still, for what is done hundreds of times.
    static final SegmentedConfig TINY = new SegmentedConfig(
            new SegmentedConfig.Ring(3, DataSize.ofKibibytes(192)),
            new SegmentedConfig.Commit(
                    DataSize.ofKibibytes(64),
                    16,
                    DataSize.ofMebibytes(1),
                    DataSize.ofKibibytes(128),
                    Duration.ofSeconds(10)),
            new SegmentedConfig.Stage(
                    DataSize.ofKibibytes(16), DataSize.ofKibibytes(16), Duration.ofHours(1), DataSize.ofKibibytes(2)),
            new SegmentedConfig.Space(DataSize.ofKibibytes(64), DataSize.ofKibibytes(128), Duration.ofSeconds(1)),
            Duration.ofMinutes(10),
            10_000,
            1);

    /// Wants a checkpoint after almost every group, carries nothing, and seals a segment after a few events.
    static final SegmentedConfig RESTLESS = new SegmentedConfig(
            TINY.ring(),
            TINY.commit(),
            new SegmentedConfig.Stage(
                    DataSize.ofKibibytes(9), DataSize.ofKibibytes(2), Duration.ofHours(1), new DataSize(0)),
            TINY.space(),
            TINY.sweepInterval(),
            10_000,
            1);

    private SmallStores() {}

    static Examinee restless(InstantSource clock) {
        return new DiskExaminee(disk -> SegmentedEngine.open(disk, RESTLESS, clock, EngineObserver.NONE));
    }

    static Examinee tiny(InstantSource clock) {
        return new DiskExaminee(disk -> SegmentedEngine.open(disk, TINY, clock, EngineObserver.NONE));
    }

    static Examinee examinee(InstantSource clock) {
        return new DiskExaminee(disk -> SegmentedEngine.open(disk, CONFIG, clock, EngineObserver.NONE));
    }
}
