package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.testkit.disk.Operation;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuietStreamsTest {
    private static final StreamName HOSTILE = new StreamName("../../~dead.a/b\0c:" + "é".repeat(230));

    @Test
    void sharesOneSyncAmongManyStreamsThatHaveLittle() throws IOException {
        try (Store store = new Store(SegmentedConfigs.carrying(SmallStores.CONFIG, 1 << 20))) {
            appendToMany(store, 500);
            long before = store.disk.count(Operation.SYNC);

            store.engine.checkpoint();

            assertThat(store.disk.count(Operation.SYNC) - before).isLessThan(10);
            assertThat(store.engine.status().walUse()).isZero();
            store.crash();
            store.open();
            for (int i = 0; i < 500; i++) {
                assertThat(store.read(stream(i))).hasSize(1);
            }
        }
    }

    @Test
    void writesTheLargestOnceTheyHaveTooMuchTogether() throws IOException {
        try (Store store = new Store(SegmentedConfigs.carrying(SmallStores.CONFIG, 20_000))) {
            store.append("large", 10_000);
            appendToMany(store, 100);

            store.engine.checkpoint();

            assertThat(store.disk.files()).anyMatch(path -> path.endsWith("-Acme.Shop/00000000000000000000.seg"));
            assertThat(store.disk.files().stream().filter(path -> path.endsWith(".seg")))
                    .hasSizeLessThan(30);
            store.engine.close();
            store.open();
            assertThat(store.read(Store.PLACED.stream())).hasSize(1);
            assertThat(store.read(stream(99))).hasSize(1);
        }
    }

    @Test
    void emptiesAQuietStreamThatNeverReachedASegment() throws IOException {
        try (Store store = new Store(SegmentedConfigs.carrying(SmallStores.CONFIG, 1 << 20))) {
            store.append("old", 10);
            store.engine.checkpoint();
            store.engine.log().retain(new RetentionRules(RetentionRules.FIVE_DAYS, Map.of(), Map.of()));
            store.clock.advance(Duration.ofDays(6));

            store.engine.log().sweep();

            Partition partition = Partition.only(Store.PLACED.stream());
            assertThat(store.engine.log().extent(partition)).isEqualTo(new Extent(1, 1));
            store.append("new", 10);
            store.engine.checkpoint();
            store.crash();
            store.open();
            assertThat(store.engine.log().extent(partition)).isEqualTo(new Extent(1, 2));
            assertThat(store.read(Store.PLACED.stream()).stream().map(StoredEvent::position))
                    .containsExactly(1L);
        }
    }

    @Test
    void takesAStreamOfAnyName() throws IOException {
        try (Store store = new Store(SmallStores.TINY)) {
            store.append(HOSTILE, "a", 9_000);
            store.engine.checkpoint();
            store.engine.close();
            store.open();

            assertThat(store.read(HOSTILE)).hasSize(1);
            assertThat(store.engine.log().streams()).containsExactly(HOSTILE);
            assertThat(store.disk.files()).allMatch(path -> path.matches("[A-Za-z0-9._/-]+"));
        }
    }

    private static StreamName stream(int i) {
        return new StreamName("Acme.S" + i);
    }

    private static void appendToMany(Store store, int count) {
        Store.result(store.engine
                .log()
                .append(Batch.ofEntries(List.copyOf(IntStream.range(0, count)
                        .mapToObj(i -> Store.entry(stream(i), "quiet" + i, 100))
                        .toList()))));
    }
}
