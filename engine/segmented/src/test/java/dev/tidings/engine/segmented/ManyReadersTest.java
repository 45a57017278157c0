package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.testkit.disk.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyReadersTest {
    private static final Partition PARTITION = Partition.only(Store.PLACED.stream());
    private static final int READERS = 600;
    private static final int EVENTS = 60;

    @Test
    void moreReadersThanMayKeepBlocksReadOnAllTheSame() throws IOException {
        try (Store store = segments()) {
            List<EventReader> readers = new ArrayList<>();
            long[] at = new long[READERS];
            for (int i = 0; i < READERS; i++) {
                readers.add(store.engine.log().reader(PARTITION, TypeSelection.ALL));
            }

            for (int round = 0; round < EVENTS; round++) {
                for (int i = 0; i < READERS; i++) {
                    Slice slice = Store.result(readers.get(i).read(at[i], 1));
                    assertThat(slice.events().getFirst().position()).isEqualTo(at[i]);
                    at[i] = slice.next();
                }
            }

            readers.forEach(EventReader::close);
            assertThat(at).containsOnly(EVENTS);
        }
    }

    @Test
    void aReaderDoesNotReadABlockTwice() throws IOException {
        try (Store store = segments();
                EventReader reader = store.engine.log().reader(PARTITION, TypeSelection.ALL)) {
            Store.result(reader.read(0, 1));
            long before = store.disk.count(Operation.READ);

            for (int at = 1; at < 5; at++) {
                Store.result(reader.read(at, 1));
            }

            assertThat(store.disk.count(Operation.READ)).isEqualTo(before);
        }
    }

    private static Store segments() throws IOException {
        Store store = new Store(SmallStores.TINY);
        for (int i = 0; i < EVENTS; i++) {
            store.append("e" + i, 1_000);
        }
        store.engine.checkpoint();
        store.engine.close();
        store.open();
        return store;
    }
}
