package dev.tidings.client.publishing;

import dev.tidings.client.BufferFullException;
import dev.tidings.client.EventCoding;
import dev.tidings.client.Firing;
import dev.tidings.client.Metrics;
import dev.tidings.client.SpoolException;
import dev.tidings.client.spool.Spool;
import dev.tidings.client.spool.SpoolConfig;
import dev.tidings.model.Bytes;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A buffer on disk: what is not settled is there when a bus is opened again. In memory is one batch.
final class SpooledBuffer implements Buffer {
    private static final Logger LOG = LoggerFactory.getLogger(SpooledBuffer.class);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);

    private final Path directory;
    private final Spool spool;
    private final Firing config;
    private final Metrics.Sending metrics;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Marks marks = new Marks();
    private boolean closed;
    private boolean ended;

    private SpooledBuffer(Path directory, Spool spool, Firing config, Metrics.Sending metrics) {
        this.directory = directory;
        this.spool = spool;
        this.config = config;
        this.metrics = metrics;
    }

    static SpooledBuffer open(Path directory, Firing config, Metrics.Sending metrics) {
        try {
            Spool spool = Spool.open(SpoolConfig.of(directory, config.buffer().bytes()));
            if (spool.settled() < spool.end()) {
                LOG.info("{} events wait in {} since an earlier run", spool.end() - spool.settled(), directory);
            }
            metrics.waiting(spool.end() - spool.settled(), spool.bytes());
            return new SpooledBuffer(directory, spool, config, metrics);
        } catch (IOException e) {
            throw new SpoolException("the spool " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    /// Takes only what can be read back, so that the program can be told of it later.
    @Override
    public void add(Fired event) {
        CloudEvent unused = EventCoding.event(event.json());
        lock.lock();
        try {
            awaitRoom(Spool.size(event.json()));
            if (closed) {
                throw new IllegalStateException("the bus is closed");
            }
            append(event.json());
            metrics.waiting(spool.end() - spool.settled(), spool.bytes());
            changed.signalAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BufferFullException(config.buffer());
        } finally {
            lock.unlock();
        }
    }

    private void append(Bytes json) {
        try {
            spool.append(json);
        } catch (IOException e) {
            throw new SpoolException("not fired: writing to the spool " + directory + " failed: " + e.getMessage(), e);
        }
    }

    private void awaitRoom(long more) throws InterruptedException {
        long left = config.patience().toNanos();
        while (!closed
                && spool.bytes() > 0
                && spool.bytes() + more > config.buffer().bytes()) {
            if (left <= 0) {
                throw new BufferFullException(config.buffer());
            }
            left = changed.awaitNanos(left);
        }
    }

    @Override
    public List<Fired> take() throws InterruptedException {
        while (awaitSome()) {
            List<Bytes> batch = read();
            if (!batch.isEmpty()) {
                return batch.stream().map(json -> new Fired(null, json)).toList();
            }
            settle();
        }
        return List.of();
    }

    /// Whether there is something, or may be.
    private boolean awaitSome() throws InterruptedException {
        lock.lock();
        try {
            while (spool.settled() == spool.end() && !closed) {
                changed.await();
            }
            long left = config.linger().toNanos();
            while (left > 0 && !closed && marks.isEmpty() && !fillsABatch()) {
                left = changed.awaitNanos(left);
            }
            return !ended && spool.settled() < spool.end();
        } finally {
            lock.unlock();
        }
    }

    private boolean fillsABatch() {
        return spool.end() - spool.settled() >= config.batch() || spool.bytes() >= BATCH_BYTES;
    }

    /// Outside of the lock: whoever fires does not wait for the disk to be read.
    private List<Bytes> read() throws InterruptedException {
        try {
            return spool.read(config.batch(), BATCH_BYTES);
        } catch (IOException e) {
            lock.lock();
            try {
                failed(e);
            } finally {
                lock.unlock();
            }
            return List.of();
        }
    }

    /// Nothing is passed over because of it: it may be read later.
    private void failed(IOException reason) throws InterruptedException {
        if (!ended) {
            LOG.error("reading the spool {} failed, and is tried again in {}", directory, BETWEEN_READS, reason);
        }
        long left = BETWEEN_READS.toNanos();
        while (left > 0 && !ended) {
            left = changed.awaitNanos(left);
        }
    }

    @Override
    public void settle() {
        List<CompletableFuture<Void>> reached = List.of();
        lock.lock();
        try {
            if (!ended) {
                settleRead();
                metrics.waiting(spool.end() - spool.settled(), spool.bytes());
                reached = marks.reached(spool.settled());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        reached.forEach(flushed -> flushed.complete(null));
    }

    private void settleRead() {
        try {
            spool.settle();
        } catch (IOException e) {
            LOG.warn("what was sent is still in the spool {}, and would be sent again after a crash", directory, e);
        }
    }

    @Override
    public CompletableFuture<Void> flush() {
        lock.lock();
        try {
            changed.signalAll();
            return marks.at(spool.end(), spool.settled());
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

    /// Nothing is lost.
    @Override
    public List<Fired> end() {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                release();
            }
            changed.signalAll();
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        if (spool.settled() < spool.end()) {
            LOG.warn(
                    "{} fired events remain in {}; they are sent when a bus is opened there again",
                    spool.end() - spool.settled(),
                    directory);
        }
        try {
            spool.close();
        } catch (IOException e) {
            LOG.warn("the spool {} could not be closed", directory, e);
        }
    }
}
