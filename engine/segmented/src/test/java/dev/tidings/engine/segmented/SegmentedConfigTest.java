package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.model.DataSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SegmentedConfigTest {
    @Test
    void acceptsARingOfTheLeastSize() {
        assertThatNoException().isThrownBy(() -> new SegmentedConfig.Ring(2, DataSize.ofKibibytes(4)));
    }

    @Test
    void refusesARingOfOddSize() {
        assertThatThrownBy(() -> new SegmentedConfig.Ring(2, new DataSize(5_000)))
                .hasMessageContaining("multiple of 4KiB");
        assertThatThrownBy(() -> new SegmentedConfig.Ring(1, DataSize.ofMebibytes(1)))
                .hasMessageContaining("at least 2 files");
    }

    @Test
    void refusesABatchThatNoFileOfTheRingHolds() {
        SegmentedConfig good = SegmentedConfig.DEFAULT;

        assertThatThrownBy(() -> new SegmentedConfig(
                        new SegmentedConfig.Ring(8, DataSize.ofMebibytes(8)),
                        good.commit(),
                        good.stage(),
                        good.space(),
                        good.sweepInterval(),
                        good.rememberedEvents(),
                        good.readThreads()))
                .hasMessageContaining("must fit into a file of the ring (8MiB)");
    }

    @Test
    void refusesAQueueThatHoldsNoBatch() {
        assertThatThrownBy(() -> new SegmentedConfig.Commit(
                        DataSize.ofMebibytes(1),
                        10,
                        DataSize.ofMebibytes(1),
                        DataSize.ofMebibytes(2),
                        Duration.ofSeconds(1)))
                .hasMessageContaining("queue");
    }
}
