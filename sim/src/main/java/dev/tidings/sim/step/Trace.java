package dev.tidings.sim.step;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What happened in a world, as one number, and told to whoever wants to read it.
public final class Trace {
    private static final long PRIME = 0x100000001B3L;

    private final Scheduler scheduler;
    private final @Nullable Consumer<String> reader;
    private long hash = 0xCBF29CE484222325L;

    public Trace(Scheduler scheduler, @Nullable Consumer<String> reader) {
        this.scheduler = scheduler;
        this.reader = reader;
    }

    public void note(String what) {
        hash = (hash ^ what.hashCode()) * PRIME;
        hash = (hash ^ scheduler.steps()) * PRIME;
        if (reader != null) {
            reader.accept("%7d %9.3fs  %s".formatted(scheduler.steps(), scheduler.nanos() / 1e9, what));
        }
    }

    /// Two worlds in which the same happened have the same.
    public long hash() {
        return hash;
    }
}
