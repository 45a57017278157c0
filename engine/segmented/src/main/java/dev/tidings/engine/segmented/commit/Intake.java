package dev.tidings.engine.segmented.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The bounded queue before the committer. What waits while a group is being synced becomes the next group.
final class Intake {
    private final long queueBytes;
    private final long groupBytes;
    private final int groupRequests;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Request> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean idle;
    private boolean closed;

    Intake(long queueBytes, long groupBytes, int groupRequests) {
        this.queueBytes = queueBytes;
        this.groupBytes = groupBytes;
        this.groupRequests = groupRequests;
    }

    /// What became of an offer.
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    Offer offer(Request request) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (waitingBytes + request.bytes() > queueBytes && !waiting.isEmpty()) {
                return Offer.FULL;
            }
            waiting.add(request);
            waitingBytes += request.bytes();
            if (idle) {
                idle = false;
                arrived.signal();
            }
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for requests; returns the next group, or none once closed and empty.
    List<Request> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                idle = true;
                arrived.await();
            }
            idle = false;
            List<Request> group = new ArrayList<>(Math.min(waiting.size(), groupRequests));
            long bytes = 0;
            while (!waiting.isEmpty() && group.size() < groupRequests) {
                bytes += waiting.element().bytes();
                if (bytes > groupBytes && !group.isEmpty()) {
                    break;
                }
                group.add(waiting.remove());
            }
            group.forEach(request -> waitingBytes -= request.bytes());
            return group;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }
}
