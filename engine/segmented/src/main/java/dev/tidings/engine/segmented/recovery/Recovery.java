package dev.tidings.engine.segmented.recovery;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.segmented.checkpoint.Checkpoint;
import dev.tidings.engine.segmented.checkpoint.Slots;
import dev.tidings.engine.segmented.checkpoint.SnapshotReader;
import dev.tidings.engine.segmented.format.ItemScan;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.wal.RecordFormat;
import dev.tidings.engine.segmented.wal.Ring;
import dev.tidings.engine.segmented.wal.RingFiles;
import dev.tidings.engine.segmented.wal.RingPosition;
import dev.tidings.engine.segmented.wal.RingScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rebuilds memory: the newest checkpoint's snapshot, then every record behind it. Only when all of that held are
/// leftovers of the last process put aside, so a store that is refused is left as it was found. May itself be
/// interrupted anywhere: it changes nothing that the next attempt needs.
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final StoreFormat format;
    private final RingFiles ringFiles;
    private final SegmentStore store;

    public Recovery(Disk disk, StoreFormat format, RingFiles ringFiles, SegmentStore store) {
        this.disk = disk;
        this.format = format;
        this.ringFiles = ringFiles;
        this.store = store;
    }

    /// Where the engine goes on.
    public record Recovered(Checkpoint checkpoint, Ring ring, RingPosition head, long lastMillis) {}

    /// What is on disk, when all of it has been read and nothing changed.
    public record Recalled(Checkpoint checkpoint, RingScan scan, long epoch, long lastMillis) {}

    public Recovered recover(Memory memory) throws IOException {
        long began = System.nanoTime();
        Recalled recalled = recall(memory);
        Checkpoint checkpoint = recalled.checkpoint;
        new Leftovers(disk, store).putAside(memory.streams().all());
        recalled.scan.secureLast();
        RingPosition head = recalled.scan.position();
        Ring ring = new Ring(ringFiles, format.ring(), new Ring.Span(checkpoint.position(), head), recalled.epoch + 1);
        LOG.info(
                "recovered {} streams from checkpoint {} and {} records in {} ms",
                memory.streams().all().size(),
                checkpoint.generation(),
                head.lsn() - checkpoint.position().lsn(),
                (System.nanoTime() - began) / 1_000_000);
        return new Recovered(checkpoint, ring, head, recalled.lastMillis);
    }

    /// Reads all that an opening needs, and changes nothing on disk.
    public Recalled recall(Memory memory) throws IOException {
        List<Checkpoint> checkpoints = new Slots(disk).read();
        Checkpoint checkpoint = checkpoints.isEmpty() ? Checkpoint.NONE : checkpoints.getFirst();
        Restorer restorer = new Restorer(memory, store.files(), format.seed());
        try {
            if (checkpoint.generation() > 0) {
                SnapshotReader.read(disk, checkpoint, restorer);
            }
            restorer.publish(checkpoint.position().lsn(), 0);
            memory.tails()
                    .covered(memory.tails().arrived(), checkpoint.position().lsn());
            ringFiles.require(checkpoint.position());
            RingScan scan = new RingScan(ringFiles, format.ring(), checkpoint.position());
            long epoch = Math.max(checkpoint.epoch(), replay(scan, restorer));
            restorer.takeUpSegments();
            return new Recalled(checkpoint, scan, epoch, restorer.time());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Returns the epoch of the last record.
    private static long replay(RingScan scan, Restorer restorer) throws IOException {
        restorer.replay();
        long epoch = 0;
        for (RingScan.Found record = scan.next(); record != null; record = scan.next()) {
            try {
                ItemScan.scan(record.bytes(), RecordFormat.HEADER, record.length(), restorer);
            } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new Corrupt(record.file(), record.offset(), "the record makes no sense: " + e.getMessage());
            }
            restorer.publish(record.lsn(), record.bytes().length);
            restorer.timeAtLeast(RecordFormat.millis(record.bytes()));
            epoch = RecordFormat.epoch(record.bytes());
        }
        return epoch;
    }
}
