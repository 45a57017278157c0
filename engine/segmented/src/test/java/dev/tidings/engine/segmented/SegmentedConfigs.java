package dev.tidings.engine.segmented;

import dev.tidings.model.DataSize;

/// Variations of configurations.
final class SegmentedConfigs {
    private SegmentedConfigs() {}

    static SegmentedConfig carrying(SegmentedConfig config, long bytes) {
        SegmentedConfig.Stage stage = config.stage();
        return new SegmentedConfig(
                config.ring(),
                config.commit(),
                new SegmentedConfig.Stage(
                        DataSize.ofMebibytes(4), stage.segmentSize(), stage.segmentAge(), new DataSize(bytes)),
                config.space(),
                config.sweepInterval(),
                config.rememberedEvents(),
                config.readThreads());
    }
}
