package dev.tidings.spring;

import dev.tidings.outbox.Relay;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// The relay of this process: it is there before those who add, and ends behind them. May be used by any thread.
final class OutboxRelay implements SmartLifecycle {
    /// Below those of Spring's web servers.
    private static final int PHASE = DEFAULT_PHASE - 4 * 1024;

    private final Supplier<Relay> relays;
    private @Nullable Relay running;

    /// @param relays makes one that was not started: each can be only once
    OutboxRelay(Supplier<Relay> relays) {
        this.relays = relays;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            Relay relay = relays.get();
            relay.start();
            running = relay;
        }
    }

    @Override
    public void stop() {
        Relay ending;
        synchronized (this) {
            ending = running;
            running = null;
        }
        if (ending != null) {
            ending.close();
        }
    }

    /// Something was committed.
    synchronized void wake() {
        if (running != null) {
            running.wake();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
