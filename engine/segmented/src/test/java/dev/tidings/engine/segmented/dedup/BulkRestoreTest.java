package dev.tidings.engine.segmented.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BulkRestoreTest {
    private static final int SIGHTINGS = 1_000;
    /// Fewer than there are: what is full is put before the next comes.
    private static final int EXPECTED = 64;

    private final Generation generation = new Generation(0, 0);
    private final BulkRestore bulk = new BulkRestore(generation, EXPECTED);

    @Test
    void putsEverythingWhereItIsFound() {
        Random random = new Random(1);
        long[] hashes = random.longs(SIGHTINGS).toArray();
        for (int i = 0; i < SIGHTINGS; i++) {
            bulk.add(hashes[i], i, 10L * i);
        }
        bulk.end();

        assertThat(generation.count()).isEqualTo(SIGHTINGS);
        for (int i = 0; i < SIGHTINGS; i++) {
            assertThat(generation.location(hashes[i])).isEqualTo(i);
            assertThat(generation.accepted(hashes[i])).isEqualTo(10L * i);
        }
    }

    @Test
    void keepsTheNewestOfWhatWasSeenTwice() {
        bulk.add(7, 1, 10);
        bulk.add(8, 2, 20);
        bulk.add(7, 3, 30);
        bulk.end();

        assertThat(generation.count()).isEqualTo(2);
        assertThat(generation.location(7)).isEqualTo(3);
        assertThat(generation.accepted(7)).isEqualTo(30);
    }
}
