package dev.tidings.broker.loop;

import dev.tidings.model.ClientName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/// A fixed number of loops, over which clients are spread by the hash of their name.
public final class LoopThreads implements Loops, AutoCloseable {
    private final List<LoopThread> loops = new ArrayList<>();

    public LoopThreads(int count, ThreadFactory threads) {
        if (count < 1) {
            throw new IllegalArgumentException("there is at least one loop, found " + count);
        }
        for (int i = 0; i < count; i++) {
            loops.add(new LoopThread(threads));
        }
    }

    @Override
    public Loop of(ClientName client) {
        int hash = client.value().hashCode();
        return loops.get(Math.floorMod(hash ^ hash >>> 16, loops.size()));
    }

    /// Stops all loops behind what is queued.
    @Override
    public void close() {
        loops.forEach(LoopThread::close);
    }
}
