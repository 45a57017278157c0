package dev.tidings.engine.testkit.exam;

import static dev.tidings.engine.testkit.exam.Samples.PAID;
import static dev.tidings.engine.testkit.exam.Samples.PLACED;
import static dev.tidings.engine.testkit.exam.Samples.READERS;
import static dev.tidings.engine.testkit.exam.Samples.SENT;
import static dev.tidings.engine.testkit.exam.Samples.SHOP;
import static dev.tidings.engine.testkit.exam.Samples.WINDOW;
import static dev.tidings.engine.testkit.exam.Samples.entries;
import static dev.tidings.engine.testkit.exam.Samples.entry;
import static dev.tidings.engine.testkit.exam.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Appended.Place.Duplicate;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.testkit.disk.Crash;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an [dev.tidings.engine.EventLog] promises of events that come twice.
public abstract class DeduplicationContract extends Exam {
    protected DeduplicationContract() {}

    @Test
    void storesADuplicateOnce() {
        append(entries(PLACED, "a", "b"));

        Appended again = append(entries(PLACED, "b", "c", "a"));

        assertThat(again.duplicates()).isEqualTo(2);
        assertThat(again.places().get(0)).isEqualTo(new Duplicate());
        assertThat(idsIn(SHOP)).containsExactly("a", "b", "c");
    }

    @Test
    void storesADuplicateWithinABatchOnce() {
        Appended appended = append(entries(PLACED, "a", "a", "b", "a"));

        assertThat(appended.duplicates()).isEqualTo(2);
        assertThat(idsIn(SHOP)).containsExactly("a", "b");
    }

    @Test
    void findsADuplicateUnderAnotherTypeAndInAnotherStream() {
        append(entry(PLACED, "a"));

        assertThat(append(entry(PAID, "a")).duplicates()).isEqualTo(1);
        assertThat(append(entry(SENT, "a")).duplicates()).isEqualTo(1);
    }

    @Test
    void storesADuplicateOnceUnderConcurrentRetries() {
        Batch.Entry[] batch = IntStream.range(0, 20)
                .mapToObj(i -> entry(i % 2 == 0 ? PLACED : PAID, "e" + i))
                .toArray(Batch.Entry[]::new);
        Queue<Integer> duplicates = new ConcurrentLinkedQueue<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int retry = 0; retry < 16; retry++) {
                threads.execute(() -> duplicates.add(append(batch).duplicates()));
            }
        }

        assertThat(duplicates).hasSize(16).containsOnlyOnce(0).containsOnly(0, 20);
        assertThat(idsIn(SHOP)).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void remembersAcrossACleanReopening() {
        append(entries(PLACED, "a", "b"));

        reopen();

        assertThat(append(entries(PLACED, "a", "b")).duplicates()).isEqualTo(2);
    }

    @Test
    void remembersAcrossACrash() {
        append(entries(PLACED, "a", "b"));

        reopenAfter(Crash.random(7));

        assertThat(append(entries(PLACED, "a", "b")).duplicates()).isEqualTo(2);
    }

    @Test
    void remembersForTheWholeWindow() {
        append(entry(PLACED, "a"));
        clock.advance(WINDOW.minusMillis(1));
        append(entry(PLACED, "b"));

        assertThat(append(entry(PLACED, "a")).duplicates()).isEqualTo(1);

        clock.advance(WINDOW.minusMillis(1));
        reopen();
        assertThat(append(entry(PLACED, "b")).duplicates()).isEqualTo(1);
    }

    @Test
    void forgetsBehindTheWindow() {
        append(entry(PLACED, "a"));
        clock.advance(WINDOW.multipliedBy(3));

        assertThat(append(entry(PLACED, "a")).duplicates()).isZero();
        assertThat(idsIn(SHOP)).containsExactly("a", "a");
        assertThat(append(entry(PLACED, "a")).duplicates()).isEqualTo(1);
    }

    @Test
    void neverTakesAnEventWithoutAWindowForADuplicate() {
        Batch.Entry unremembered = entry(entry(PLACED, "a").event(), Duration.ZERO);

        append(entry(PLACED, "a"));

        assertThat(append(unremembered, unremembered).duplicates()).isZero();
        assertThat(idsIn(SHOP)).containsExactly("a", "a", "a");
    }

    @Test
    void tellsTheEventsOfOneSourceFromThoseOfAnother() {
        assertThat(append(
                                entry(event("ab", PLACED, "c", 0), WINDOW),
                                entry(event("a", PLACED, "bc", 0), WINDOW),
                                entry(event("", PLACED, "abc", 0), WINDOW),
                                entry(event("c", PLACED, "ab", 0), WINDOW))
                        .duplicates())
                .isZero();
    }

    @Test
    void findsNoDuplicateAmongManyThatAreNone() {
        for (int batch = 0; batch < 20; batch++) {
            int first = batch * 100;
            Appended appended = append(IntStream.range(first, first + 100)
                    .mapToObj(i -> entry(PLACED, "e" + i))
                    .toArray(Batch.Entry[]::new));
            assertThat(appended.duplicates()).isZero();
        }

        reopen();

        for (int i : new int[] {0, 99, 1_000, 1_999}) {
            assertThat(append(entry(PLACED, "e" + i)).duplicates()).isEqualTo(1);
        }
        assertThat(append(entry(PLACED, "e2000")).duplicates()).isZero();
    }

    @Test
    void doesWhatElseABatchOfDuplicatesAsks() {
        append(entry(PLACED, "a"));

        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(new Batch(
                    List.of(entry(PLACED, "a")),
                    List.of(Samples.move(Cursor.at(1))),
                    List.of(Samples.put("t", "k", "v"))));
        }

        assertThat(engine().groups().cursors(READERS)).containsValue(Cursor.at(1));
        assertThat(engine().states().get("t", "k")).isPresent();
    }

    @Test
    void doesNotRememberABatchThatFailed() {
        Batch failing = new Batch(List.of(entry(PLACED, "a")), List.of(Samples.move(Cursor.at(1))), List.of());

        Await.failure(engine().log().append(failing));

        assertThat(append(entry(PLACED, "a")).duplicates()).isZero();
        assertThat(idsIn(SHOP)).containsExactly("a");
    }
}
