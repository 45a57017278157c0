package dev.tidings.engine.segmented;

import dev.tidings.engine.EventLog;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.segmented.backup.ImageMaker;
import dev.tidings.engine.segmented.checkpoint.Checkpointer;
import dev.tidings.engine.segmented.checkpoint.Reserve;
import dev.tidings.engine.segmented.commit.Answers;
import dev.tidings.engine.segmented.commit.Appends;
import dev.tidings.engine.segmented.commit.CommitLimits;
import dev.tidings.engine.segmented.commit.Committer;
import dev.tidings.engine.segmented.commit.Health;
import dev.tidings.engine.segmented.commit.Room;
import dev.tidings.engine.segmented.commit.Space;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.reading.Leases;
import dev.tidings.engine.segmented.reading.Reads;
import dev.tidings.engine.segmented.reading.SegmentLookup;
import dev.tidings.engine.segmented.reading.SharedRuns;
import dev.tidings.engine.segmented.recovery.Recovery;
import dev.tidings.engine.segmented.recovery.Recovery.Recovered;
import dev.tidings.engine.segmented.recovery.StoreFormat;
import dev.tidings.engine.segmented.retention.Sweep;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.Cursors;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.engine.segmented.state.Tables;
import dev.tidings.engine.segmented.state.TailMemory;
import dev.tidings.engine.segmented.wal.Geometry;
import dev.tidings.engine.segmented.wal.RingFiles;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Puts an engine together.
final class Assembly {
    private static final int OPEN_FILES = 256;
    private static final long SHARED_RUNS = 8L << 20;
    private static final int READERS_WITH_BLOCKS = 256;
    private static final double RING_USE = 0.5;
    /// A ring that is made at once rather than in the background.
    private static final long SMALL_RING = 16 << 20;

    private final Disk disk;
    private final SegmentedConfig config;
    private final World world;
    private final StoreFormat format;
    private final OpenFiles files;
    private final SegmentStore store;
    private final RingFiles ringFiles;
    private final Memory memory;

    private Assembly(Disk disk, SegmentedConfig config, World world, StoreFormat format) {
        this.disk = disk;
        this.config = config;
        this.world = world;
        this.format = format;
        this.files = new OpenFiles(disk, OPEN_FILES);
        SegmentedConfig.Stage stage = config.stage();
        SegmentStore.Roll roll = new SegmentStore.Roll(
                stage.segmentSize().bytes(), stage.segmentAge().toMillis());
        this.store = new SegmentStore(disk, files, roll);
        this.ringFiles = new RingFiles(disk, format.ring());
        this.memory = new Memory(
                new Streams(),
                new Cursors(),
                new Tables(),
                new TailMemory(stage.tailMemory().bytes()),
                new Seen(config.rememberedEvents(), new DedupFiles(disk)));
    }

    static SegmentedEngine open(Disk disk, SegmentedConfig config, World world) throws IOException {
        Geometry ring =
                new Geometry(config.ring().files(), config.ring().fileSize().bytes());
        StoreFormat format = StoreFormat.openOrCreate(disk, ring, world.seeds());
        return new Assembly(disk, config, world, format).assemble();
    }

    private SegmentedEngine assemble() throws IOException {
        boolean assembled = false;
        try {
            ringFiles.open();
            Recovered recovered = new Recovery(disk, format, ringFiles, store).recover(memory);
            ImageMaker.remove(disk);
            StoreFormat.syncNames(disk);
            SegmentedEngine engine = new SegmentedEngine(run(recovered));
            assembled = true;
            return engine;
        } finally {
            if (!assembled) {
                files.close();
                ringFiles.close();
            }
        }
    }

    /// What has been made first, and the rest hangs on.
    private record Base(Recovered recovered, Health health, Housekeeper housekeeper, Space space, Room room) {}

    private Parts run(Recovered recovered) throws IOException {
        Health health = new Health(world.observer(), config.space().retryAfter());
        Housekeeper housekeeper = new Housekeeper(health);
        Space space = new Space(disk, config.space().nearlyFull(), health, housekeeper::wantCheckpoint);
        Base base = new Base(recovered, health, housekeeper, space, new Room());
        Answers answers = new Answers();
        Appends appends = appends(base, answers);
        Checkpointer checkpointer = checkpointer(base, appends);
        giveWork(base, checkpointer);
        Sweep sweep = new Sweep(memory, appends, checkpointer, world.clock());
        Parts.Running running = running(base, appends, answers, new Sweeper(sweep, health, world.threads()));
        SegmentedGroups groups = new SegmentedGroups(memory.cursors());
        SharedRuns runs = new SharedRuns(files::read, SHARED_RUNS);
        Reads reads =
                new Reads(memory.streams(), files, runs, running.reading(), health, new Leases(READERS_WITH_BLOCKS));
        EventLog log = new SegmentedEventLog(
                appends, reads, groups, new SegmentedEventLog.Parts(health, answers, sweep, running.sweeper()));
        running.start();
        running.sweeper().start(config.sweepInterval());
        return new Parts(
                disk,
                memory,
                log,
                groups,
                appends,
                checkpointer,
                new Parts.Storage(recovered.ring(), ringFiles, files),
                new Parts.Watch(health, space),
                running,
                world.threads(),
                new AtomicBoolean());
    }

    private Appends appends(Base base, Answers answers) {
        Recovered recovered = base.recovered;
        Committer.Surroundings around = new Committer.Surroundings(
                world.clock(),
                world.observer(),
                base.health,
                base.space,
                base.room,
                answers,
                base.housekeeper::wantCheckpoint,
                limits());
        return new Appends(
                new Committer.Start(memory, recovered.ring(), recovered.head(), recovered.lastMillis()),
                new SegmentLookup(files),
                around,
                format.seed());
    }

    private Checkpointer checkpointer(Base base, Appends appends) {
        SegmentedConfig.Space space = config.space();
        Reserve reserve =
                new Reserve(disk, space.reserve().bytes(), space.nearlyFull().bytes());
        long carried = config.stage().carried().bytes();
        return new Checkpointer(
                new Checkpointer.What(disk, memory, base.recovered.ring(), appends.committer()),
                new Checkpointer.Around(base.health, base.space, base.room, reserve, store, carried),
                base.recovered.checkpoint());
    }

    private void giveWork(Base base, Checkpointer checkpointer) throws IOException {
        Housework.OfEngine work = new Housework.OfEngine(
                ringFiles, checkpointer, base.health, base.space, base.room, base.housekeeper::stopped);
        base.housekeeper.give(work);
        if (format.ring().capacity() <= SMALL_RING) {
            work.make();
        }
    }

    private Parts.Running running(Base base, Appends appends, Answers answers, Sweeper sweeper) {
        AtomicInteger readers = new AtomicInteger();
        ExecutorService reading = Executors.newFixedThreadPool(
                config.readThreads(),
                task -> world.threads().unstarted("tidings-read-" + readers.incrementAndGet(), task));
        return new Parts.Running(
                world.threads().unstarted("tidings-commit", appends.committer()),
                world.threads().unstarted("tidings-answer", answers),
                world.threads().unstarted("tidings-checkpoint", base.housekeeper),
                base.housekeeper,
                sweeper,
                reading);
    }

    private CommitLimits limits() {
        SegmentedConfig.Commit commit = config.commit();
        return new CommitLimits(
                commit.queue().bytes(),
                commit.group().bytes(),
                commit.requests(),
                commit.batch().bytes(),
                commit.patience(),
                config.stage().tailMemory().bytes() / 2,
                RING_USE);
    }
}
