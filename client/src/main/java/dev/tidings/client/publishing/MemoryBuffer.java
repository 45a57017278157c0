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

/// A buffer that is gone with the process.
final class MemoryBuffer implements Buffer {
    private final Firing config;
    private final Metrics.Sending metrics;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Fired> waiting = new ArrayDeque<>();
    private final Marks marks = new Marks();
    private List<Fired> taken = List.of();
    private long bytes;
    private long fired;
    private long settled;
    private boolean closed;

    MemoryBuffer(Firing config, Metrics.Sending metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    @Override
    public void add(Fired event) {
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

    @Override
    public List<Fired> take() throws InterruptedException {
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

    @Override
    public void settle() {
        List<CompletableFuture<Void>> reached;
        lock.lock();
        try {
            for (Fired event : taken) {
                bytes -= event.json().length();
            }
            settled += taken.size();
            metrics.waiting(fired - settled, bytes);
            taken = List.of();
            reached = marks.reached(settled);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        reached.forEach(flushed -> flushed.complete(null));
    }

    @Override
    public CompletableFuture<Void> flush() {
        lock.lock();
        try {
            changed.signalAll();
            return marks.at(fired, settled);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Fired> end() {
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
