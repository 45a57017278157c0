package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullDiskTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 20, 40, 60, 80, 100, 150, 200, 300, 500, 1_000, 5_000, 66_000})
    void opensAgainWhereverACheckpointFoundNoSpace(long left) throws IOException {
        try (Store store = new Store(SmallStores.TINY)) {
            store.append("a", 10);
            store.disk.leaveSpace(left);
            store.engine.checkpoint();
            store.disk.leaveSpace(Long.MAX_VALUE);
            store.engine.checkpoint();
            store.append("b", 10);
            store.engine.close();

            store.open();

            assertThat(store.read(Store.PLACED.stream())).hasSize(2);
            assertThat(store.append("a", 10).duplicates()).isOne();
        }
    }
}
