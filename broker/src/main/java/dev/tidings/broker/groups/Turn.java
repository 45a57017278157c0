package dev.tidings.broker.groups;

import dev.tidings.broker.loop.Loop;
import java.util.concurrent.atomic.AtomicBoolean;

/// The next turn of a client's loop, asked for by any thread as often as it likes; it comes once, behind what is
/// queued already.
public final class Turn {
    private final Loop loop;
    private final Runnable body;
    private final AtomicBoolean asked = new AtomicBoolean();

    public Turn(Loop loop, Runnable body) {
        this.loop = loop;
        this.body = body;
    }

    public void ask() {
        if (asked.compareAndSet(false, true)) {
            loop.execute(this::run);
        }
    }

    private void run() {
        asked.set(false);
        body.run();
    }
}
