package dev.tidings.server.websocket;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Instance.Settlement;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/// The confirmations of one consumer on their way to its instance. They are cumulative, so of those that come in one
/// go, or while enough are under way, only the highest is passed on: a consumer may confirm as often as it likes.
final class Confirmations {
    private static final int MOST_UNDER_WAY = 8;

    private final Instance instance;
    private final BiConsumer<CompletionStage<Settlement>, Runnable> watch;
    private long highest;
    private long passedOn;
    private int underWay;

    /// `watch` has the stage's outcome judged on the event loop, then runs the task there.
    Confirmations(Instance instance, BiConsumer<CompletionStage<Settlement>, Runnable> watch) {
        this.instance = instance;
        this.watch = watch;
    }

    void add(long offset) {
        highest = Math.max(highest, offset);
    }

    /// Passes on what was added, unless enough is under way.
    void flush() {
        if (underWay < MOST_UNDER_WAY) {
            force();
        }
    }

    /// Passes on what was added, because something follows that must come behind it.
    void force() {
        if (highest > passedOn) {
            passedOn = highest;
            underWay++;
            watch.accept(instance.confirm(highest), this::settled);
        }
    }

    private void settled() {
        underWay--;
        flush();
    }
}
