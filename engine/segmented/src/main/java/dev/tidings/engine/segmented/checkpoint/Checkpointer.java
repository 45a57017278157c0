package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFullException;
import dev.tidings.engine.segmented.commit.Committer;
import dev.tidings.engine.segmented.commit.Health;
import dev.tidings.engine.segmented.commit.Room;
import dev.tidings.engine.segmented.commit.Space;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.wal.Ring;
import dev.tidings.engine.segmented.wal.RingPosition;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes checkpoints. The order is what makes them safe: segments and what is remembered first, then the snapshot,
/// then the slot, then the ring is released and what no slot refers to any more is removed.
///
/// The snapshot is written while the committer goes on, so it may hold changes later than the position it
/// belongs to. Replay does those again, which changes nothing: cursors and rows are whole values, entries know their
/// positions.
public final class Checkpointer {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final Disk disk;
    private final Memory memory;
    private final Ring ring;
    private final Committer committer;
    private final Around around;
    private final Flush flush;
    private final Slots slots;
    private final ReentrantLock lock = new ReentrantLock();
    private Set<String> kept;
    private Checkpoint last;
    private List<Seen.Saved> saved;

    /// What the checkpointer works with.
    public record Around(Health health, Space space, Room room, Reserve reserve, SegmentStore store, long carried) {}

    /// What it makes durable.
    public record What(Disk disk, Memory memory, Ring ring, Committer committer) {}

    public Checkpointer(What what, Around around, Checkpoint last) {
        this.disk = what.disk;
        this.memory = what.memory;
        this.ring = what.ring;
        this.committer = what.committer;
        this.around = around;
        this.flush = new Flush(around.store, memory.tails(), around.carried);
        this.slots = new Slots(disk);
        this.last = last;
        this.saved = memory.seen().saved();
        this.kept = names(last, saved);
    }

    /// Takes hold of the files that a checkpoint stands on.
    @FunctionalInterface
    public interface Holder {
        void take(Checkpoint checkpoint, List<Seen.Saved> generations) throws IOException;
    }

    /// Makes a checkpoint unless nothing has changed, and lets the holder take hold of the newest: until it returns, no
    /// other is made, and no file removed.
    public void hold(Holder holder) throws IOException {
        run();
        lock.lock();
        try {
            if (around.health.failed()) {
                throw new IOException("the store has failed: " + around.health.refusal());
            }
            holder.take(last, saved);
        } finally {
            lock.unlock();
        }
    }

    /// Makes a checkpoint, unless nothing has changed since the last.
    public void run() {
        lock.lock();
        try {
            if (around.health.failed()) {
                return;
            }
            if (committer.durable().lsn() > last.position().lsn()) {
                runOrGiveWay();
            } else {
                around.space.fed();
            }
        } catch (IOException e) {
            around.health.fail("a checkpoint could not be written: " + e.getMessage(), e);
        } finally {
            lock.unlock();
            around.room.made();
        }
    }

    /// Removes the files of segments that lie below their stream's first position.
    public void removeBelowFirst(List<StreamLog> streams) {
        lock.lock();
        try {
            for (StreamLog stream : streams) {
                flush.removeBelowFirst(stream);
            }
        } catch (IOException e) {
            around.health.fail("segments could not be removed: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    /// Makes the ballast where there is none.
    public void fillReserve() throws IOException {
        lock.lock();
        try {
            around.reserve.fill();
        } finally {
            lock.unlock();
        }
    }

    private void runOrGiveWay() throws IOException {
        try {
            checkpoint();
            around.space.fed();
            around.reserve.fill();
        } catch (DiskFullException full) {
            LOG.warn("no space for a checkpoint ({})", full.getMessage());
            removeUnused();
            if (around.reserve.release()) {
                retryOnce();
            } else {
                around.space.starved();
            }
        }
    }

    private void retryOnce() throws IOException {
        try {
            checkpoint();
        } catch (DiskFullException full) {
            LOG.warn("no space for a checkpoint even without the reserve ({})", full.getMessage());
            removeUnused();
            around.space.starved();
        }
    }

    private void checkpoint() throws IOException {
        RingPosition at = committer.durable();
        long mark = memory.tails().arrived();
        long millis = committer.lastMillis();
        flush.run(memory.streams().all(), millis);
        List<Seen.Saved> generations = memory.seen().save();
        long generation = last.generation() + 1;
        Checkpoint named = new Checkpoint(generation, at, ring.epoch(), 0);
        long length = Snapshot.write(disk, named, memory, new Snapshot.Extras(generations, millis));
        Checkpoint next = new Checkpoint(generation, at, ring.epoch(), length);
        slots.write(next);
        ring.release(at);
        memory.tails().covered(mark, at.lsn());
        Set<String> names = names(next, generations);
        Set<String> before = kept;
        last = next;
        saved = generations;
        kept = names;
        removeAllBut(before);
    }

    private static Set<String> names(Checkpoint checkpoint, List<Seen.Saved> generations) {
        Set<String> names = new HashSet<>();
        names.add(checkpoint.snapshotName());
        generations.forEach(generation -> names.add(generation.fileName()));
        return names;
    }

    /// After a failure: what the failed attempt left behind, and what else nobody needs. What is remembered may have
    /// been saved before the attempt failed; the next one goes on behind it.
    private void removeUnused() throws IOException {
        removeAllBut(names(last, memory.seen().saved()));
    }

    private void removeAllBut(Set<String> others) throws IOException {
        for (String directory : List.of(SnapshotWriter.DIRECTORY, DedupFiles.DIRECTORY)) {
            for (String name : disk.list(directory)) {
                if (!kept.contains(name) && !others.contains(name)) {
                    disk.delete(directory + "/" + name);
                }
            }
        }
    }
}
