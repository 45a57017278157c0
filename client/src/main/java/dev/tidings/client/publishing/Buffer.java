package dev.tidings.client.publishing;

import dev.tidings.client.BufferFullException;
import dev.tidings.client.Firing;
import dev.tidings.client.Metrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Fired events in order, from when they were fired until they are settled. Many threads may fire; one takes.
final class Buffer {
    /// Half of what a broker takes in one request by default.
    private static final long BATCH_BYTES = 512 * 1024;

    private final Firing config;
    private final Metrics.Sending metrics;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Fired> waiting = new ArrayDeque<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private List<Fired> taken = List.of();
    private long bytes;
    private long fired;
    private long settled;
    private boolean closed;

    /// Somebody who waits for all that was fired up to a number.
    private record Mark(long upTo, CompletableFuture<Void> reached) {}

    Buffer(Firing config, Metrics.Sending metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /// Adds an event; waits for room, within patience. An event that is larger than the buffer has room where
    /// the buffer is empty.
    void add(Fired event) {
        lock.lock();
        try {
            awaitRoom(event.json().length());
            if (closed) {
                throw new IllegalStateException("the bus is closed");
            }
            waiting.add(event);
            bytes += event.json().length();
            fired++;
            metrics.waiting(fired - settled, bytes);
            changed.signalAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BufferFullException(config.buffer());
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom(int more) throws InterruptedException {
        long left = config.patience().toNanos();
        while (!closed && bytes > 0 && bytes + more > config.buffer().bytes()) {
            if (left <= 0) {
                throw new BufferFullException(config.buffer());
            }
            left = changed.awaitNanos(left);
        }
    }

    /// Takes the next events that are to share a request, and waits for some; empty where the buffer is
    /// closed and nothing is left.
    List<Fired> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            long left = config.linger().toNanos();
            while (left > 0 && !closed && marks.isEmpty() && waiting.size() < config.batch() && bytes < BATCH_BYTES) {
                left = changed.awaitNanos(left);
            }
            taken = next();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private List<Fired> next() {
        List<Fired> batch = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && batch.size() < config.batch()) {
            size += waiting.element().json().length() + 1;
            if (size > BATCH_BYTES && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.remove());
        }
        return batch;
    }

    /// What was taken last was accepted or refused by the broker.
    void settle() {
        List<CompletableFuture<Void>> reached = new ArrayList<>();
        lock.lock();
        try {
            for (Fired event : taken) {
                bytes -= event.json().length();
            }
            settled += taken.size();
            metrics.waiting(fired - settled, bytes);
            taken = List.of();
            while (!marks.isEmpty() && marks.element().upTo <= settled) {
                reached.add(marks.remove().reached);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        reached.forEach(flushed -> flushed.complete(null));
    }

    /// Completes when all that was fired so far is settled.
    CompletableFuture<Void> flush() {
        lock.lock();
        try {
            CompletableFuture<Void> reached = new CompletableFuture<>();
            if (settled == fired) {
                reached.complete(null);
            } else {
                marks.add(new Mark(fired, reached));
                changed.signalAll();
            }
            return reached;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What is not settled, in order.
    List<Fired> left() {
        lock.lock();
        try {
            List<Fired> left = new ArrayList<>(taken);
            left.addAll(waiting);
            return left;
        } finally {
            lock.unlock();
        }
    }
}
