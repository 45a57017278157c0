package dev.tidings.engine.segmented.retention;

import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.segmented.checkpoint.Checkpointer;
import dev.tidings.engine.segmented.commit.Appends;
import dev.tidings.engine.segmented.commit.First;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks through all streams, first makes durable where each begins from now on, and only then removes files: so a
/// missing file is never a riddle. Until it is told rules, it removes nothing.
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final Memory memory;
    private final Appends appends;
    private final Checkpointer checkpointer;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable RetentionRules rules;

    public Sweep(Memory memory, Appends appends, Checkpointer checkpointer, InstantSource clock) {
        this.memory = memory;
        this.appends = appends;
        this.checkpointer = checkpointer;
        this.clock = clock;
    }

    public void retain(RetentionRules newRules) {
        rules = newRules;
    }

    /// Must not be called by the threads that commit and answer.
    public Duration run() {
        long began = System.nanoTime();
        RetentionRules known = rules;
        if (known != null) {
            lock.lock();
            try {
                sweep(known);
            } finally {
                lock.unlock();
            }
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void sweep(RetentionRules known) {
        Map<Integer, First> firsts = new HashMap<>();
        List<StreamLog> moved = new ArrayList<>();
        long now = clock.millis();
        for (StreamLog stream : memory.streams().all()) {
            First first = new Expiry(known, now, stream, memory.cursors().lowestFloor(stream.partition())).first();
            if (first.position() > stream.first()) {
                firsts.put(stream.number(), first);
                moved.add(stream);
            }
        }
        if (!firsts.isEmpty() && durable(firsts)) {
            checkpointer.removeBelowFirst(moved);
        }
    }

    private boolean durable(Map<Integer, First> firsts) {
        try {
            appends.moveFirsts(firsts).toCompletableFuture().join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof Unavailable unavailable) {
                LOG.info("nothing is removed now: {}", unavailable.getMessage());
                return false;
            }
            throw e;
        }
    }
}
