package dev.tidings.engine.segmented;

import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.EngineStatus;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Groups;
import dev.tidings.engine.StateTables;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.segmented.backup.Image;
import dev.tidings.engine.segmented.backup.ImageMaker;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/// The embedded engine: a write-ahead ring that makes batches durable in groups, and behind it segments for each
/// stream, made in the background. `docs/adr/0004-segmented-engine.md` says why.
///
/// ```
/// format                     version, shape of the ring, seed
/// wal/wal-0 …                the ring
/// checkpoint-a, checkpoint-b slots, written in turn
/// state/snapshot-N           streams, cursors, tables, and events of streams with little that is new
/// dedup/N                    hashes of source and id, by generation
/// streams/N-name/FIRST.seg   events, in blocks; FIRST.ix the sparse index once sealed
/// reserve                    ballast
/// quarantine/                what was found and not known
/// payloads/NAME.SHA256       the broker's: what is too large for events; verified and backed up with the rest
/// image/                     while a backup is made: second names of files, and the end of the ring
/// ```
public final class SegmentedEngine implements Engine {
    private final Parts parts;
    private final EventLog log;
    private final SegmentedGroups groups;

    SegmentedEngine(Parts parts) {
        this.parts = parts;
        this.groups = parts.groups();
        this.log = parts.log();
    }

    /// Opens the store on a disk, or makes one there. The disk is the caller's to close.
    ///
    /// @throws CannotOpen where the owner can help: the message is one line
    /// @throws dev.tidings.engine.Corrupt where acknowledged bytes have changed; nothing was touched
    public static SegmentedEngine open(Disk disk, SegmentedConfig config, InstantSource clock, EngineObserver observer)
            throws IOException {
        return open(disk, config, new World(clock, observer, new SecureRandom()::nextLong, Threads.PLATFORM));
    }

    /// The same, in a world that somebody else has made.
    public static SegmentedEngine open(Disk disk, SegmentedConfig config, World world) throws IOException {
        return Assembly.open(disk, config, world);
    }

    @Override
    public EventLog log() {
        return log;
    }

    @Override
    public Groups groups() {
        return groups;
    }

    @Override
    public StateTables states() {
        return parts.memory().tables();
    }

    @Override
    public EngineStatus status() {
        return parts.status();
    }

    /// Whether a write or a sync has failed, so that nothing is taken any more until the store is opened anew, best by
    /// another process. [EngineObserver#failed] is told when it happens (and of corruption, which is not that).
    public boolean failed() {
        return parts.watch().health().failed();
    }

    /// Moves everything to snapshots and segments now. Engines also do it by themselves.
    public void checkpoint() {
        parts.checkpointer().run();
    }

    /// Makes an image of the store as it is now, in place of an earlier one; all that was acknowledged before is in it.
    /// Whoever copies it away calls [#removeImage] then.
    public Image image() throws IOException {
        return parts.imageMaker().make();
    }

    /// Removes the image.
    public void removeImage() throws IOException {
        ImageMaker.remove(parts.disk());
    }

    @Override
    public void close() {
        parts.close();
    }
}
