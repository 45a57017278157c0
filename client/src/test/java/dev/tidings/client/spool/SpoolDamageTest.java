package dev.tidings.client.spool;

import static dev.tidings.client.spool.Spools.event;
import static dev.tidings.client.spool.Spools.events;
import static dev.tidings.client.spool.Spools.read;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Files that somebody, or a disk, has changed.
class SpoolDamageTest {
    private static final int EVENTS = 12;
    private static final int SETTLED = 2;
    private static final int IN_A_FILE = 5;
    private static final int RECORD = 20 + Segment.PREFIX;

    @TempDir
    private Path root;

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.tidings.client.spool");
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private Path whole;

    @BeforeEach
    void fill() throws IOException {
        logger.setLevel(Level.WARN);
        told.start();
        logger.addAppender(told);
        logger.setAdditive(false);
        whole = root.resolve("whole");
        Path directory = root.resolve("filled");
        try (Spool spool = Spools.open(directory)) {
            for (int i = 0; i < EVENTS; i++) {
                Spools.append(spool, event(i));
            }
            for (int i = 0; i < SETTLED; i++) {
                assertThat(read(spool, 1)).hasSize(1);
                spool.settle();
            }
            Directories.copy(directory, whole);
        }
    }

    @AfterEach
    void leave() {
        logger.detachAppender(told);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void inventsNothingAndLosesNothingSilentlyWhereverAByteIsChanged() throws IOException {
        int trials = 0;
        for (Path segment : Directories.segments(whole)) {
            for (int offset = 0; offset < Files.size(segment); offset += Spools.STRIDE) {
                told.list.clear();
                Path changed = Directories.copy(whole, root.resolve("changed-" + trials++));
                Path file = changed.resolve(segment.getFileName());
                Directories.flip(file, offset);
                checkChanged(changed, file, offset);
            }
        }
        assertThat(trials).isGreaterThan(EVENTS * RECORD / Spools.STRIDE);
    }

    private void checkChanged(Path directory, Path file, int offset) throws IOException {
        List<String> left;
        try (Spool spool = Spools.open(directory)) {
            Spools.append(spool, event(EVENTS));
            left = read(spool);
        }
        List<String> missing = new ArrayList<>(events(SETTLED, EVENTS));
        missing.removeAll(left);
        assertThat(left)
                .as("changed at %d of %s", offset, file)
                .isSubsetOf(events(SETTLED, EVENTS + 1))
                .doesNotHaveDuplicates()
                .isSorted()
                .endsWith(event(EVENTS));
        int first = (int) Segment.first(file);
        assertThat(missing).isSubsetOf(events(first, first + IN_A_FILE));
        if (!missing.isEmpty()) {
            assertThat(Directories.files(directory, ".events.damaged")).hasSize(1);
            assertThat(told.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.startsWith(file + " is damaged at offset "));
        }
    }

    @Test
    void losesOneEventWhereOneIsSpoilt() throws IOException {
        Path middle = Directories.segments(whole).get(1);
        Directories.flip(middle, Segment.HEADER + RECORD + Segment.PREFIX + 7);

        try (Spool spool = Spools.open(whole)) {
            List<String> expected = new ArrayList<>(events(SETTLED, EVENTS));
            expected.remove(event(IN_A_FILE + 1));
            assertThat(read(spool)).containsExactlyElementsOf(expected);
        }

        assertThat(told.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("%s is damaged at offset %d: one event from there on cannot be sent; the file is kept as %s"
                        .formatted(middle, Segment.HEADER + RECORD, middle + ".damaged"));
    }

    @Test
    void goesOnWithTheNextFileWhereItIsNotKnownWhereTheNextEventBegins() throws IOException {
        Path middle = Directories.segments(whole).get(1);
        Directories.flip(middle, Segment.HEADER + RECORD);

        try (Spool spool = Spools.open(whole)) {
            List<String> expected = new ArrayList<>(events(SETTLED, IN_A_FILE + 1));
            expected.addAll(events(2 * IN_A_FILE, EVENTS));
            assertThat(read(spool)).containsExactlyElementsOf(expected);
            spool.settle();
        }

        assertThat(told.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("4 events from there on");
        assertThat(Files.size(Path.of(middle + ".damaged"))).isPositive();
        assertThat(Directories.segments(whole)).isEmpty();
    }

    @Test
    void reportsFilesThatSomebodyRemoved() throws IOException {
        Files.delete(Directories.segments(whole).get(0));

        try (Spool spool = Spools.open(whole)) {
            assertThat(read(spool)).containsExactlyElementsOf(events(IN_A_FILE, EVENTS));
        }

        assertThat(told.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("3 events before it are missing");
    }

    @Test
    void sendsAgainRatherThanLosesWhereItIsNotKnownWhatIsSettled() throws IOException {
        Path settled = whole.resolve("settled");
        for (int offset = 0; offset < Files.size(settled); offset++) {
            Path changed = Directories.copy(whole, root.resolve("changed-" + offset));
            Directories.flip(changed.resolve("settled"), offset);

            try (Spool spool = Spools.open(changed)) {
                assertThat(read(spool))
                        .endsWith(events(SETTLED, EVENTS).toArray(String[]::new))
                        .hasSizeBetween(EVENTS - SETTLED, EVENTS);
            }
        }
        Files.delete(settled);

        try (Spool spool = Spools.open(whole)) {
            assertThat(read(spool)).containsExactlyElementsOf(events(0, EVENTS));
        }
    }
}
