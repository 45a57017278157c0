package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.Allowance;
import java.util.concurrent.atomic.AtomicLong;

/// How many unsettled events the groups of one client may hold in memory: as many as are left in a pool that all
/// clients share, and no more than a quarter of it. A few are always allowed to each group, so that none stands
/// still because of others. Belongs to the client's loop.
public final class ClientAllowance implements Allowance {
    private static final int ALWAYS = 1_000;
    private static final int SHARES = 4;

    private final Pool pool;
    private long taken;

    /// What all clients share. Any thread.
    public static final class Pool {
        private final long most;
        private final AtomicLong taken = new AtomicLong();

        /// @param most so many events
        public Pool(long most) {
            this.most = most;
        }
    }

    public ClientAllowance(Pool pool) {
        this.pool = pool;
    }

    @Override
    public boolean hasRoom(int held) {
        return held < ALWAYS || taken < pool.most / SHARES && pool.taken.get() < pool.most;
    }

    @Override
    public void take() {
        taken++;
        pool.taken.incrementAndGet();
    }

    @Override
    public void give(int events) {
        taken -= events;
        pool.taken.addAndGet(-events);
    }
}
