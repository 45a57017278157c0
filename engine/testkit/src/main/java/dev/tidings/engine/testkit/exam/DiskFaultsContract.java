package dev.tidings.engine.testkit.exam;

import static dev.tidings.engine.testkit.exam.Samples.PLACED;
import static dev.tidings.engine.testkit.exam.Samples.READERS;
import static dev.tidings.engine.testkit.exam.Samples.SHOP;
import static dev.tidings.engine.testkit.exam.Samples.SHOP_PARTITION;
import static dev.tidings.engine.testkit.exam.Samples.entries;
import static dev.tidings.engine.testkit.exam.Samples.entry;
import static dev.tidings.engine.testkit.exam.Samples.large;
import static dev.tidings.engine.testkit.exam.Samples.moving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.Unavailable.Effect;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an engine promises on a disk that is slow, fails, or is full.
public abstract class DiskFaultsContract extends Exam {
    private static final int MANY = 20_000;

    protected DiskFaultsContract() {}

    @Test
    void answersAndShowsABatchOnlyOnceItIsSynced() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        disk().watch(operation -> {
            if (operation == Operation.SYNC) {
                reached.countDown();
                waitFor(released);
            }
        });

        CompletionStage<Appended> append = engine().log().append(batch("a"));
        waitFor(reached);

        assertThat(append.toCompletableFuture()).isNotDone();
        assertThat(engine().log().extent(SHOP_PARTITION)).isEqualTo(Extent.EMPTY);
        assertThat(eventsIn(SHOP)).isEmpty();

        released.countDown();
        Await.result(append);
        assertThat(idsIn(SHOP)).containsExactly("a");
    }

    @Test
    void syncsOnceForManyThatWait() {
        List<CompletionStage<Appended>> appends = new ArrayList<>();
        long before = disk().count(Operation.SYNC);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        disk().watch(operation -> {
            if (operation == Operation.SYNC) {
                reached.countDown();
                waitFor(released);
            }
        });

        appends.add(engine().log().append(batch("first")));
        waitFor(reached);
        IntStream.range(0, 100).forEach(i -> appends.add(engine().log().append(batch("e" + i))));
        released.countDown();
        appends.forEach(Await::result);

        assertThat(disk().count(Operation.SYNC) - before).isLessThan(50);
        assertThat(idsIn(SHOP)).hasSize(101);
    }

    @Test
    void answersUnknownAfterAFailedSync() {
        append(entry(PLACED, "a"));
        disk().breakAll(Operation.SYNC);

        Unavailable failure = Await.failure(engine().log().append(batch("b")));

        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(idsIn(SHOP)).containsExactly("a");
    }

    @Test
    void acknowledgesNothingMoreAfterAFailedSyncUntilItIsStartedAgain() {
        append(entries(PLACED, "a", "b"));
        disk().breakAll(Operation.SYNC);
        Await.failure(engine().log().append(batch("c")));
        disk().heal();

        Unavailable later = Await.failure(engine().log().append(batch("d")));
        assertThat(later.effect()).isEqualTo(Effect.NONE);
        assertThat(engine().status().writable()).isFalse();

        reopenAfter(Crash.random(5));
        assertThat(idsIn(SHOP)).startsWith("a", "b").isSubsetOf("a", "b", "c");
        append(entries(PLACED, "c", "d"));
        assertThat(idsIn(SHOP)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void losesNothingOverAFailedWrite() {
        append(entries(PLACED, "a", "b"));
        disk().breakAll(Operation.WRITE);
        boolean possible = Await.failure(engine().log().append(batch("c"))).effect() == Effect.UNKNOWN;
        disk().heal();
        boolean stored = stores("d");

        reopenAfter(Crash.random(5));

        assertThat(idsIn(SHOP)).startsWith("a", "b").isSubsetOf("a", "b", possible ? "c" : "b", stored ? "d" : "b");
        append(entries(PLACED, "c", "d"));
        assertThat(idsIn(SHOP)).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void failsAllThatWaitForAFailedSync() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        disk().breakAll(Operation.SYNC);
        disk().watch(operation -> {
            if (operation == Operation.SYNC) {
                reached.countDown();
                waitFor(released);
            }
        });
        List<CompletionStage<Appended>> appends = new ArrayList<>();
        appends.add(engine().log().append(batch("first")));
        waitFor(reached);
        for (int i = 0; i < 50; i++) {
            appends.add(engine().log().append(batch("e" + i)));
        }
        released.countDown();

        assertThat(appends.stream().map(Await::failure)).hasSize(51);
        assertThat(eventsIn(SHOP)).isEmpty();
    }

    @Test
    void refusesEventsButTakesConfirmationsOnAFullDisk() {
        append(entry(PLACED, "a"));
        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            disk().leaveSpace(0);

            Unavailable refusal = fill();

            assertThat(refusal.effect()).isEqualTo(Effect.NONE);
            assertThat(refusal.retryAfter()).isPositive();
            assertThat(engine().status().writable()).isFalse();
            for (int floor = 1; floor <= 100; floor++) {
                append(moving(Cursor.at(floor)));
            }
        }
        assertThat(engine().groups().cursors(READERS)).containsEntry(SHOP_PARTITION, Cursor.at(100));
        assertThat(idsIn(SHOP)).startsWith("a");
    }

    @Test
    void keepsWhatItAcknowledgedOnAFullDiskAcrossACrash() {
        disk().leaveSpace(0);
        fill();
        List<String> before = idsIn(SHOP);
        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(moving(Cursor.at(1)));
        }

        reopenAfter(Crash.random(9));

        assertThat(idsIn(SHOP)).isEqualTo(before);
        assertThat(engine().groups().cursors(READERS)).containsEntry(SHOP_PARTITION, Cursor.at(1));
    }

    @Test
    void recoversByItselfWhenSpaceReturns() {
        disk().leaveSpace(0);
        fill();
        List<String> before = idsIn(SHOP);

        disk().leaveSpace(Long.MAX_VALUE);
        Await.until("it takes events again", () -> {
            clock.advance(Duration.ofSeconds(1));
            return stores("later");
        });

        assertThat(engine().status().writable()).isTrue();
        List<String> after = new ArrayList<>(before);
        after.add("later");
        assertThat(idsIn(SHOP)).isEqualTo(after);
    }

    /// Appends until it is refused.
    private Unavailable fill() {
        for (int i = 0; i < MANY; i++) {
            try {
                append(large(PLACED, "fill" + i, 4_000));
            } catch (Unavailable e) {
                return e;
            }
        }
        throw new AssertionError("the disk is full, and yet " + MANY + " events were stored");
    }

    private boolean stores(String id) {
        try {
            append(entry(PLACED, id));
            return true;
        } catch (Unavailable e) {
            assertThat(e.effect()).isEqualTo(Effect.NONE);
            return false;
        }
    }

    private static Batch batch(String id) {
        return Batch.ofEntries(List.of(entry(PLACED, id)));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
