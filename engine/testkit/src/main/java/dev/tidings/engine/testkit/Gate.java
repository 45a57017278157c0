package dev.tidings.engine.testkit;

import dev.tidings.engine.Unavailable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// What a [MemoryEngine]'s appends or reads go through. An open gate lets each through at once, on the calling
/// thread; a shut one holds them, in order, until a test lets them through or fails them. May be used by any
/// thread; what passes runs, and completes, on the thread that lets it through.
public final class Gate {
    private final Deque<Held<?>> held = new ArrayDeque<>();
    private boolean open;

    private Gate(boolean open) {
        this.open = open;
    }

    public static Gate standingOpen() {
        return new Gate(true);
    }

    public static Gate standingShut() {
        return new Gate(false);
    }

    /// Holds everything from now on.
    public synchronized void shut() {
        open = false;
    }

    /// Lets through what is held, and everything from now on.
    public void open() {
        passAll();
        synchronized (this) {
            open = true;
        }
        passAll();
    }

    /// How many are held.
    public synchronized int waiting() {
        return held.size();
    }

    /// Lets the oldest through.
    public void pass() {
        next().pass();
    }

    /// Lets through all that are held now, and those that come of it.
    public void passAll() {
        while (waiting() > 0) {
            pass();
        }
    }

    /// Fails the oldest; it has no effect.
    public void fail(Unavailable failure) {
        next().fail(failure);
    }

    /// Lets the oldest take effect, and fails it all the same.
    public void passAndFail(Unavailable failure) {
        next().passAndFail(failure);
    }

    /// Forgets what is held, as a crash does: it has no effect, and nobody hears of it.
    synchronized void drop() {
        held.clear();
    }

    <T> CompletionStage<T> through(Supplier<T> action) {
        Held<T> one = new Held<>(action, new CompletableFuture<>());
        synchronized (this) {
            if (!open) {
                held.add(one);
                return one.result;
            }
        }
        one.pass();
        return one.result;
    }

    private synchronized Held<?> next() {
        return held.remove();
    }

    private record Held<T>(Supplier<T> action, CompletableFuture<T> result) {
        void pass() {
            T value;
            try {
                value = action.get();
            } catch (Unavailable e) {
                result.completeExceptionally(e);
                return;
            }
            result.complete(value);
        }

        void fail(Unavailable failure) {
            result.completeExceptionally(failure);
        }

        void passAndFail(Unavailable failure) {
            var _ = action.get();
            result.completeExceptionally(failure);
        }
    }
}
