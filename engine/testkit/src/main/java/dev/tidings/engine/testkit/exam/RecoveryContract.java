package dev.tidings.engine.testkit.exam;

import static dev.tidings.engine.testkit.exam.Samples.PLACED;
import static dev.tidings.engine.testkit.exam.Samples.SHOP;
import static dev.tidings.engine.testkit.exam.Samples.entries;
import static dev.tidings.engine.testkit.exam.Samples.entry;
import static dev.tidings.engine.testkit.exam.Samples.large;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Engine;
import dev.tidings.engine.testkit.disk.Crash;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an engine promises of crashes, at whatever moment they come and whatever they leave of what was not
/// synced.
public abstract class RecoveryContract extends Exam {
    private static final int MOST_CRASHES = 250;

    protected RecoveryContract() {}

    @Test
    void keepsWhatItAcknowledgedAcrossACrash() {
        append(entries(PLACED, "a", "b"));

        reopenAfter(Crash.LOSING_ALL_UNSYNCED);

        assertThat(idsIn(SHOP)).containsExactly("a", "b");
        append(entry(PLACED, "c"));
        assertThat(idsIn(SHOP)).containsExactly("a", "b", "c");
    }

    @Test
    void keepsWhatItAcknowledgedAcrossManyCrashes() {
        for (int i = 0; i < 30; i++) {
            append(large(PLACED, "e" + i, i * 500));
            reopenAfter(Crash.random(i));
        }

        assertThat(idsIn(SHOP))
                .containsExactlyElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> "e" + i).toList());
    }

    @Test
    void staysAsItIsWhenItIsOnlyOpenedAndCrashesAgain() {
        append(entries(PLACED, "a", "b"));

        for (int i = 0; i < 20; i++) {
            reopenAfter(Crash.random(i));
        }

        assertThat(idsIn(SHOP)).containsExactly("a", "b");
    }

    @Test
    void storesABatchWholeOrNotAtAll() {
        disk();
        Trials trials = new Trials(History.ofOneBatch());
        trials.crashEverywhere(n -> {
            for (int seed = 0; seed < 4; seed++) {
                trials.crashAt(n, Crash.random(seed));
            }
        });
    }

    @Test
    void recoversAfterACrashAtEveryWrite() {
        disk();
        Trials trials = new Trials(History.random(1, 60));
        trials.crashEverywhere(n -> trials.crashAt(n, Crash.random(n)));
    }

    @Test
    void recoversAfterACrashOfTheProcessAtEveryWrite() {
        disk();
        Trials trials = new Trials(History.random(2, 30));
        trials.crashEverywhere(n -> trials.crashAt(n, Crash.OF_THE_PROCESS));
    }

    @Test
    void keepsWhatAKilledProcessHadNotSyncedAcrossALaterPowerCut() {
        disk();
        Trials trials = new Trials(History.random(4, 30));
        trials.crashEverywhere(trials::killAndCutThePowerLater);
    }

    @Test
    void recoversAfterACrashAtEveryWriteOfTheRecovery() {
        disk();
        try (Ordeal ordeal = new Trials(History.random(3, 60)).begin()) {
            ordeal.play();
            ordeal.crash(Crash.random(3));
            Optional<Engine> opened = Optional.empty();
            for (int n = 1; opened.isEmpty(); n++) {
                ordeal.disk().crashAt(n);
                opened = ordeal.open();
                if (opened.isEmpty()) {
                    ordeal.crash(Crash.random(n));
                }
            }
            ordeal.disk().heal();
            ordeal.check(opened.orElseThrow());
        }
    }

    /// The same history, crashing somewhere else each time.
    private final class Trials {
        private final History history;
        private final List<Observed> right;

        Trials(History history) {
            this.history = history;
            this.right = Player.right(history);
        }

        Ordeal begin() {
            return new Ordeal(history, right, RecoveryContract.this::examinee);
        }

        /// Tries each change that the history makes to the disk, or, where they are many, evenly spread ones.
        void crashEverywhere(LongConsumer trial) {
            long changes;
            try (Ordeal ordeal = begin()) {
                ordeal.play();
                changes = ordeal.disk().changes();
            }
            long step = 1 + changes / MOST_CRASHES;
            for (long n = 1; n <= changes; n += step) {
                trial.accept(n);
            }
        }

        /// The process after the killed one goes on with what that left, and takes it for granted.
        void killAndCutThePowerLater(long n) {
            try (Ordeal ordeal = begin()) {
                ordeal.disk().crashAt(n);
                ordeal.play();
                ordeal.crash(Crash.OF_THE_PROCESS);
                ordeal.check();
                ordeal.crash(Crash.LOSING_ALL_UNSYNCED);
                ordeal.check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("after the process was killed at change " + n, e);
            }
        }

        void crashAt(long n, Crash crash) {
            try (Ordeal ordeal = begin()) {
                ordeal.disk().crashAt(n);
                ordeal.play();
                ordeal.crash(crash);
                ordeal.check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("after a crash at change %d that left %s".formatted(n, crash), e);
            }
        }
    }
}
