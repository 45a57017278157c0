package dev.tidings.broker.loop;

import dev.tidings.model.ClientName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/// A fixed number of loops, over which clients are spread by the hash of their name.
public final class LoopThreads implements Loops, AutoCloseable {
    private final List<LoopThread> loops = new ArrayList<>();

    public LoopThreads(int count, ThreadFactory threads) {
        this(count, threads, System::nanoTime);
    }

    /// The same with timers by another clock, see [LoopThread#LoopThread(ThreadFactory, LongSupplier)].
    public LoopThreads(int count, ThreadFactory threads, LongSupplier nanos) {
        if (count < 1) {
            throw new IllegalArgumentException("there is at least one loop, found " + count);
        }
        for (int i = 0; i < count; i++) {
            loops.add(new LoopThread(threads, nanos));
        }
    }

    @Override
    public Loop of(ClientName client) {
        int hash = client.value().hashCode();
        return loops.get(Math.floorMod(hash ^ hash >>> 16, loops.size()));
    }

    /// The clock has leapt: fires the timers that are due now.
    public void catchUp() {
        loops.forEach(LoopThread::catchUp);
    }

    /// Stops all loops behind what is queued.
    @Override
    public void close() {
        loops.forEach(LoopThread::close);
    }
}
