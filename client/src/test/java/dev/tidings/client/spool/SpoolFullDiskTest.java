package dev.tidings.client.spool;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that is full after any number of bytes.
class SpoolFullDiskTest {
    private static final long SETTLED_FILE = 56;
    private static final int PLENTY = 1_000_000;

    @TempDir
    private Path root;

    private final CrampedFile.Disk disk = new CrampedFile.Disk();

    @Test
    void leavesNothingHalfWrittenAndGoesOnWhenThereIsRoom() throws IOException {
        for (int room = 0; room < Spools.SEGMENT + 4 * Segment.HEADER; room += Spools.STRIDE) {
            Path directory = root.resolve("full-" + room);
            disk.room = SETTLED_FILE + room;
            int fired;
            Path crashed;
            try (Spool spool = open(directory)) {
                fired = fill(spool);
                disk.room = 0;
                crashed = Directories.copy(directory, root.resolve("crashed-" + room));
                disk.room = PLENTY;
                Spools.append(spool, event(fired));
                assertThat(read(spool)).containsExactlyElementsOf(events(0, fired + 1));
            }
            holdsExactly(crashed, fired);
        }
    }

    /// Once no more fits.
    private static int fill(Spool spool) {
        int fired = 0;
        try {
            while (true) {
                Spools.append(spool, event(fired));
                fired++;
            }
        } catch (IOException full) {
            assertThat(full).hasMessage("No space left on device");
            return fired;
        }
    }

    private static void holdsExactly(Path crashed, int fired) throws IOException {
        long bytes = 0;
        for (Path segment : Directories.segments(crashed)) {
            bytes += Files.size(segment) - Segment.HEADER;
        }
        assertThat(bytes).isEqualTo(fired * (20L + Segment.PREFIX));
        try (Spool spool = Spools.open(crashed)) {
            assertThat(read(spool)).containsExactlyElementsOf(events(0, fired));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11, 12, 31})
    void cutsOffLaterWhatItCouldNotCutOffAtOnce(int room) throws IOException {
        disk.room = PLENTY;
        try (Spool spool = open(root)) {
            Spools.append(spool, event(0));
            disk.room = room;
            disk.refusesToCut = true;
            assertThatThrownBy(() -> Spools.append(spool, event(1))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Spools.append(spool, event(1))).isInstanceOf(IOException.class);
            disk.room = PLENTY;
            disk.refusesToCut = false;

            Spools.append(spool, event(1));
            Path crashed = Directories.copy(root, root.resolve("crashed"));

            holdsExactly(crashed, 2);
        }
    }

    @Test
    void settlesThoughTheDiskIsFull() throws IOException {
        disk.room = PLENTY;
        try (Spool spool = open(root)) {
            for (int i = 0; i < 20; i++) {
                Spools.append(spool, event(i));
            }
            disk.room = 0;
            assertThat(read(spool, 15)).hasSize(15);
            spool.settle();
        }

        try (Spool spool = open(root)) {
            assertThat(read(spool)).containsExactlyElementsOf(events(15, 20));
        }
    }

    private Spool open(Path directory) throws IOException {
        return Spool.open(new SpoolConfig(directory, Spools.SEGMENT, file -> new CrampedFile(file, disk)));
    }
}
