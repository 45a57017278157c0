package dev.tidings.engine.segmented.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeenTest {
    private static final long HOUR = 3_600_000;

    private final FaultyDisk disk = new FaultyDisk(1);

    @BeforeEach
    void makeTheDirectory() throws IOException {
        disk.createDirectory(DedupFiles.DIRECTORY);
    }

    @Test
    void findsEachOfManyAndNoOther() {
        Seen seen = seen(1_000_000);
        Random random = new Random(1);
        long[] hashes = random.longs(50_000).toArray();
        for (int i = 0; i < hashes.length; i++) {
            seen.put(new Sighting(hashes[i], Seen.location(i % 7, i), i), HOUR);
        }

        for (int i = 0; i < hashes.length; i++) {
            int number = i;
            assertThat(seen.any(
                            hashes[i],
                            (location, accepted) -> Seen.stream(location) == number % 7
                                    && Seen.position(location) == number
                                    && accepted == number))
                    .isTrue();
        }
        assertThat(random.longs(50_000).anyMatch(hash -> seen.any(hash, (_, _) -> true)))
                .isFalse();
    }

    @Test
    void dropsAGenerationOnceItsLastNeedsNotBeRemembered() {
        Seen seen = seen(1_000_000);
        seen.put(new Sighting(1, 1, 0), HOUR);
        seen.put(new Sighting(2, 2, HOUR / 2), HOUR);
        assertThat(seen.saved()).hasSize(2);

        seen.put(new Sighting(3, 3, HOUR + 1), HOUR);

        assertThat(seen.saved()).hasSize(2);
        assertThat(seen.any(1, (_, _) -> true)).isFalse();
        assertThat(seen.any(2, (_, _) -> true)).isTrue();
    }

    @Test
    void forgetsTheOldestBeyondItsLimit() {
        Seen seen = seen(400);
        for (int i = 0; i < 1_000; i++) {
            seen.put(new Sighting(i, i, 0), HOUR);
        }

        assertThat(seen.any(0, (_, _) -> true)).isFalse();
        for (int i = 700; i < 1_000; i++) {
            assertThat(seen.any(i, (_, _) -> true)).isTrue();
        }
    }

    @Test
    void savesOnlyWhatIsDurableAndTakesItUpAgain() throws IOException {
        Seen seen = seen(1_000);
        seen.put(new Sighting(1, 10, 5), HOUR);
        seen.durable();
        seen.put(new Sighting(2, 20, 6), HOUR);
        List<Seen.Saved> first = seen.save();
        seen.durable();
        List<Seen.Saved> second = seen.save();

        assertThat(restored(first).any(1, (location, accepted) -> location == 10 && accepted == 5))
                .isTrue();
        assertThat(restored(first).any(2, (_, _) -> true)).isFalse();
        assertThat(restored(second).any(2, (location, accepted) -> location == 20 && accepted == 6))
                .isTrue();
    }

    private Seen restored(List<Seen.Saved> saved) throws IOException {
        Seen seen = seen(1_000);
        for (Seen.Saved generation : saved) {
            seen.restore(generation);
        }
        return seen;
    }

    private Seen seen(long limit) {
        return new Seen(limit, new DedupFiles(disk));
    }
}
