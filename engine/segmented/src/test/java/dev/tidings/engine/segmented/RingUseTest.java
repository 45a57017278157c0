package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.DataSize;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingUseTest {
    private static final SegmentedConfig IMPATIENT = new SegmentedConfig(
            SmallStores.TINY.ring(),
            new SegmentedConfig.Commit(
                    DataSize.ofKibibytes(64),
                    16,
                    DataSize.ofMebibytes(1),
                    DataSize.ofKibibytes(128),
                    Duration.ofMillis(20)),
            SmallStores.TINY.stage(),
            SmallStores.TINY.space(),
            SmallStores.TINY.sweepInterval(),
            10_000,
            1);

    @Test
    void losesNothingWhileTheRingGoesRoundAndRound() throws IOException {
        try (Store store = new Store(SmallStores.TINY)) {
            for (int i = 0; i < 600; i++) {
                store.append("e" + i, 5_000);
            }
            store.crash();
            store.open();

            assertThat(store.read(Store.PLACED.stream()).stream().map(StoredEvent::position))
                    .hasSize(600)
                    .isSorted()
                    .last()
                    .isEqualTo(599L);
        }
    }

    @Test
    void refusesRatherThanWriteOverWhatNoCheckpointCovers() throws IOException {
        try (Store store = new Store(IMPATIENT)) {
            Store.join(store.engine);
            store.append("before", 10);
            store.disk.leaveSpace(-1_000_000);
            long[] moved = {0};

            assertThatThrownBy(() -> {
                        for (int floor = 1; floor < 1_000; floor++) {
                            store.moveTo(floor);
                            moved[0] = floor;
                        }
                    })
                    .isInstanceOfSatisfying(
                            Unavailable.class,
                            refusal -> assertThat(refusal.effect()).isEqualTo(Unavailable.Effect.NONE));

            assertThat(moved[0]).isGreaterThan(50);
            store.crash();
            store.open();
            assertThat(store.engine.groups().cursors(Store.READERS).values())
                    .singleElement()
                    .satisfies(cursor -> assertThat(cursor.floor()).isEqualTo(moved[0]));
        }
    }

    @Test
    void goesOnOnceThereIsSpaceForACheckpoint() throws IOException {
        try (Store store = new Store(IMPATIENT)) {
            Store.join(store.engine);
            store.append("before", 10);
            store.disk.leaveSpace(-1_000_000);
            assertThatThrownBy(() -> {
                        for (int floor = 1; floor < 1_000; floor++) {
                            store.moveTo(floor);
                        }
                    })
                    .isInstanceOf(Unavailable.class);

            store.disk.leaveSpace(Long.MAX_VALUE);
            store.engine.checkpoint();
            store.moveTo(2_000);
            store.append("after", 10);

            assertThat(store.engine.status().writable()).isTrue();
            assertThat(store.read(Store.PLACED.stream())).hasSize(2);
        }
    }
}
