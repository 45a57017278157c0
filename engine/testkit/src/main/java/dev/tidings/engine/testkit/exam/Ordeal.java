package dev.tidings.engine.testkit.exam;

import dev.tidings.engine.Engine;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.HandClock;
import dev.tidings.engine.testkit.disk.Crash;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.engine.testkit.exam.Player.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One history that is done to one new store, crashes on the way, and what must be true afterwards.
final class Ordeal implements AutoCloseable {
    private final History history;
    private final List<Observed> right;
    private final HandClock clock = new HandClock();
    private final Examinee examinee;
    private Progress progress = new Progress(0, 0);

    /// Makes the examinee of a clock.
    @FunctionalInterface
    interface Maker {
        Examinee make(HandClock clock);
    }

    /// @param right what must be seen before the history and after each of its steps ([Player#right])
    Ordeal(History history, List<Observed> right, Maker maker) {
        this.history = history;
        this.right = right;
        this.examinee = maker.make(clock);
    }

    FaultyDisk disk() {
        return examinee.disk().orElseThrow();
    }

    /// Opens the store and does the history, until the disk crashes or the history ends.
    void play() {
        open().ifPresent(engine -> progress = new Player(engine, clock).play(history, progress.least()));
    }

    /// Opens the store; empty where the disk crashed meanwhile.
    Optional<Engine> open() {
        try {
            return Optional.of(examinee.open());
        } catch (IOException e) {
            return ifCrashed(new UncheckedIOException(e));
        } catch (Unavailable | UncheckedIOException e) {
            return ifCrashed(e);
        }
    }

    private Optional<Engine> ifCrashed(RuntimeException failure) {
        if (!disk().crashed()) {
            throw failure;
        }
        return Optional.empty();
    }

    void crash(Crash crash) {
        examinee.crash(crash);
    }

    /// Opens the store after a crash: it must show the history up to a step that it may have come to. Does the
    /// rest, and reopens cleanly: it must show the whole.
    void check() {
        check(examineeOpened());
    }

    void check(Engine engine) {
        progress = seen(engine);
        progress = new Player(engine, clock).play(history, progress.least());
        if (progress.least() != history.steps().size()) {
            throw new AssertionError("could not go on beyond step " + progress.least());
        }
        seen(engine);
        engine.close();
        seen(examineeOpened());
    }

    private Engine examineeOpened() {
        return open().orElseThrow(() -> new AssertionError("the disk crashed again"));
    }

    private Progress seen(Engine engine) {
        Observed found = Observed.of(engine);
        List<String> differences = new ArrayList<>();
        for (int steps = progress.least(); steps <= progress.most(); steps++) {
            Optional<String> difference = found.differenceFrom(right.get(steps));
            if (difference.isEmpty()) {
                return new Progress(steps, steps);
            }
            differences.add("not the state after %d steps: %s".formatted(steps, difference.get()));
        }
        throw new AssertionError(String.join("\n", differences));
    }

    @Override
    public void close() {
        examinee.close();
    }
}
