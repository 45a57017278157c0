package dev.tidings.engine.segmented;

import dev.tidings.engine.EngineStatus;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.segmented.backup.ImageMaker;
import dev.tidings.engine.segmented.checkpoint.Checkpointer;
import dev.tidings.engine.segmented.commit.Appends;
import dev.tidings.engine.segmented.commit.Health;
import dev.tidings.engine.segmented.commit.Space;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.wal.Ring;
import dev.tidings.engine.segmented.wal.RingFiles;
import dev.tidings.model.DataSize;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running parts of an engine, and how they end.
record Parts(
        Disk disk,
        Memory memory,
        EventLog log,
        SegmentedGroups groups,
        Appends appends,
        Checkpointer checkpointer,
        Storage storage,
        Watch watch,
        Running running,
        Threads threads,
        AtomicBoolean closed) {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    /// What is on disk.
    record Storage(Ring ring, RingFiles ringFiles, OpenFiles files) {}

    /// How the engine is.
    record Watch(Health health, Space space) {}

    /// Who runs.
    record Running(
            Thread committer,
            Thread answers,
            Thread housekeeping,
            Housekeeper housekeeper,
            Sweeper sweeper,
            ExecutorService reading) {

        void start() {
            housekeeping.start();
            answers.start();
            committer.start();
        }

        /// What was appended is finished, then a last checkpoint made.
        void end(Appends appends) throws InterruptedException {
            sweeper.stop();
            appends.close();
            committer.join();
            answers.join();
            housekeeper.stop();
            housekeeping.join();
            reading.close();
        }
    }

    ImageMaker imageMaker() {
        return new ImageMaker(disk, memory.streams(), storage.ring, checkpointer);
    }

    EngineStatus status() {
        watch.space.look();
        long used = 0;
        for (StreamLog stream : memory.streams().all()) {
            for (Segment segment : stream.segments()) {
                used += segment.bytes();
            }
        }
        return new EngineStatus(
                closed.get() ? "the store is closed" : watch.health.refusal(),
                new DataSize(used + storage.ringFiles.bytes()),
                new DataSize(usable()),
                storage.ring.use());
    }

    private long usable() {
        try {
            return Math.max(0, disk.usableSpace());
        } catch (IOException e) {
            watch.health.fail("cannot find out how much space is left: " + e.getMessage(), e);
            return 0;
        }
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Thread ending = threads.unstarted("tidings-close", this::end);
        ending.start();
        boolean interrupted = false;
        while (ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// On a thread of its own, so that nobody's interrupt leaves it half done.
    private void end() {
        try {
            running.end(appends);
            storage.files.close();
            storage.ringFiles.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("a file could not be closed: {}", e.getMessage());
        }
    }
}
