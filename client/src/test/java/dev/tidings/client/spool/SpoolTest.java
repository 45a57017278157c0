package dev.tidings.client.spool;

import static dev.tidings.client.spool.Spools.append;
import static dev.tidings.client.spool.Spools.event;
import static dev.tidings.client.spool.Spools.events;
import static dev.tidings.client.spool.Spools.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final int EVENTS = 30;

    @TempDir
    private Path directory;

    @Test
    void readsInOrderWhatWasAppended() throws IOException {
        try (Spool spool = Spools.open(directory)) {
            fill(spool);

            assertThat(read(spool, 7)).containsExactlyElementsOf(events(0, 7));
            assertThat(read(spool)).containsExactlyElementsOf(events(7, EVENTS));
            assertThat(read(spool)).isEmpty();
        }
    }

    @Test
    void readsNoMoreBytesThanAllowedButOneEventAtLeast() throws IOException {
        try (Spool spool = Spools.open(directory)) {
            fill(spool);

            assertThat(spool.read(EVENTS, 42)).hasSize(2);
            assertThat(spool.read(EVENTS, 41)).hasSize(1);
            assertThat(spool.read(EVENTS, 3)).hasSize(1);
        }
    }

    @Test
    void goesOnBehindWhatIsSettledWhenItIsOpenedAgain() throws IOException {
        try (Spool spool = Spools.open(directory)) {
            fill(spool);
            assertThat(read(spool, 11)).hasSize(11);
            spool.settle();
            assertThat(read(spool, 3)).hasSize(3);
        }

        try (Spool spool = Spools.open(directory)) {
            assertThat(spool.settled()).isEqualTo(11);
            assertThat(spool.end()).isEqualTo(EVENTS);
            assertThat(spool.bytes()).isEqualTo((EVENTS - 11) * (20L + Segment.PREFIX));
            append(spool, event(EVENTS));
            assertThat(read(spool)).containsExactlyElementsOf(events(11, EVENTS + 1));
        }
    }

    @Test
    void removesFilesThatAreSettled() throws IOException {
        try (Spool spool = Spools.open(directory)) {
            fill(spool);
            int full = Directories.segments(directory).size();
            assertThat(read(spool, EVENTS / 2)).isNotEmpty();
            spool.settle();

            assertThat(Directories.segments(directory)).hasSizeBetween(full / 2, full / 2 + 1);
            assertThat(spool.bytes()).isEqualTo(EVENTS / 2 * (20L + Segment.PREFIX));
        }
    }

    @Test
    void removesALargeFileAsSoonAsAllIsSettled() throws IOException {
        String large = "x".repeat(70_000);
        try (Spool spool = Spool.open(SpoolConfig.of(directory, 1 << 30))) {
            append(spool, large);
            append(spool, event(1));
            assertThat(read(spool, 1)).containsExactly(large);
            spool.settle();
            assertThat(Directories.segments(directory)).hasSize(1);
            assertThat(read(spool)).containsExactly(event(1));
            spool.settle();
            assertThat(Directories.segments(directory)).isEmpty();
            append(spool, event(2));
            assertThat(read(spool)).containsExactly(event(2));
        }

        try (Spool spool = Spools.open(directory)) {
            assertThat(read(spool)).containsExactly(event(2));
        }
    }

    @Test
    void removesALargeFileOfAnEarlierRunAsSoonAsAllIsSettled() throws IOException {
        try (Spool spool = Spools.open(directory)) {
            append(spool, "x".repeat(70_000));
        }
        try (Spool spool = Spools.open(directory)) {
            assertThat(read(spool)).hasSize(1);
            spool.settle();

            assertThat(Directories.segments(directory)).isEmpty();
        }
    }

    @Test
    void leavesNoEventsBehindWhereAllAreSettled() throws IOException {
        try (Spool spool = Spools.open(directory)) {
            fill(spool);
            assertThat(read(spool)).hasSize(EVENTS);
            spool.settle();
            assertThat(spool.bytes()).isZero();
        }
        assertThat(Directories.segments(directory)).isEmpty();

        try (Spool spool = Spools.open(directory)) {
            assertThat(spool.end()).isEqualTo(EVENTS);
            append(spool, event(EVENTS));
            assertThat(read(spool)).containsExactly(event(EVENTS));
        }
    }

    @Test
    void keepsAnEventThatIsLargerThanAFileAndThanWhatIsReadAtOnce() throws IOException {
        String large = "x".repeat(200_000);
        try (Spool spool = Spools.open(directory)) {
            append(spool, event(0));
            append(spool, large);
            append(spool, event(1));
        }

        try (Spool spool = Spools.open(directory)) {
            assertThat(read(spool)).containsExactly(event(0), large, event(1));
        }
    }

    @Test
    void readsAgainFromWhatIsSettledAfterReadingHasFailed() throws IOException {
        try (Spool spool = Spools.open(directory)) {
            fill(spool);
            assertThat(read(spool, 2)).hasSize(2);
            spool.settle();
            Path gone = Directories.segments(directory).get(1);
            Path away = directory.resolve("away");
            Files.move(gone, away);
            assertThatThrownBy(() -> read(spool)).isInstanceOf(IOException.class);
            Files.move(away, gone);

            assertThat(read(spool)).containsExactlyElementsOf(events(2, EVENTS));
        }
    }

    @Test
    void belongsToOneAtATime() throws IOException {
        try (Spool spool = Spools.open(directory)) {
            assertThatThrownBy(() -> Spools.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another bus has it");
            append(spool, event(0));
        }

        try (Spool spool = Spools.open(directory)) {
            assertThat(read(spool)).containsExactly(event(0));
        }
    }

    private static void fill(Spool spool) throws IOException {
        for (int i = 0; i < EVENTS; i++) {
            append(spool, event(i));
        }
    }
}
