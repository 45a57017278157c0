package dev.tidings.client.spool;

import static dev.tidings.client.spool.Spools.event;
import static dev.tidings.client.spool.Spools.events;
import static dev.tidings.client.spool.Spools.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Processes that are killed again and again, at any point.
class SpoolCrashTest {
    private static final int STEPS = Integer.getInteger("tidings.spool.steps", 300);

    @TempDir
    private Path root;

    private Spool spool;
    private Path directory;
    private Random random;
    private int fired;
    private int read;
    private int settled;
    private int lives;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void losesNothingKeepsOrderAndInventsNothing(long seed) throws IOException {
        random = new Random(seed);
        directory = root.resolve("0");
        spool = Spools.open(directory);
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        spool.close();
        begin(directory);
        assertThat(read(spool)).as("seed %d, at the end", seed).containsExactlyElementsOf(events(settled, fired));
        spool.close();
    }

    private void step() throws IOException {
        int dice = random.nextInt(100);
        if (dice < 55) {
            Spools.append(spool, event(fired++));
        } else if (dice < 75) {
            readSome();
        } else if (dice < 90) {
            spool.settle();
            settled = read;
        } else if (dice < 94) {
            spool.close();
            begin(directory);
        } else {
            kill();
        }
        assertThat(spool.end()).isEqualTo(fired);
        assertThat(spool.settled()).isEqualTo(settled);
    }

    private void readSome() throws IOException {
        List<String> some = read(spool, 1 + random.nextInt(20));
        assertThat(some).containsExactlyElementsOf(events(read, read + some.size()));
        assertThat(some.isEmpty()).isEqualTo(read == fired);
        read += some.size();
    }

    /// In the midst of firing one more, as a rule.
    private void kill() throws IOException {
        Path left = Directories.copy(directory, root.resolve(String.valueOf(++lives)));
        spool.close();
        List<Path> segments = Directories.segments(left);
        if (!segments.isEmpty()) {
            byte[] torn = Arrays.copyOf(record(), random.nextInt(record().length));
            Files.write(segments.get(segments.size() - 1), torn, StandardOpenOption.APPEND);
        }
        directory = left;
        begin(left);
    }

    private void begin(Path where) throws IOException {
        spool = Spools.open(where);
        read = settled;
    }

    private byte[] record() throws IOException {
        Path other = root.resolve("record");
        try (Spool one = Spools.open(other)) {
            Spools.append(one, event(fired));
            byte[] file = Files.readAllBytes(Directories.segments(other).get(0));
            read(one);
            one.settle();
            return Arrays.copyOfRange(file, Segment.HEADER, file.length);
        }
    }

    @Test
    void keepsWhatIsWholeWhereverTheLastFileEnds() throws IOException {
        Path whole = root.resolve("whole");
        int events = 11;
        try (Spool filled = Spools.open(whole)) {
            for (int i = 0; i < events; i++) {
                Spools.append(filled, event(i));
            }
            Directories.copy(whole, root.resolve("crashed"));
        }
        Path last = last(whole);
        long size = Files.size(last);
        int record = event(0).length() + Segment.PREFIX;
        int before = (int) Segment.first(last);

        for (long end = 0; end < size; end++) {
            Path cut = Directories.copy(root.resolve("crashed"), root.resolve("cut-" + end));
            Directories.truncate(last(cut), end);
            int kept = before + (int) Math.max(0, (end - Segment.HEADER) / record);
            try (Spool spool = Spools.open(cut)) {
                Spools.append(spool, event(kept));
                assertThat(read(spool)).as("the file ends at %d", end).containsExactlyElementsOf(events(0, kept + 1));
            }
        }
    }

    private static Path last(Path directory) throws IOException {
        List<Path> segments = Directories.segments(directory);
        return segments.get(segments.size() - 1);
    }
}
