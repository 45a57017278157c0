package dev.tidings.engine.segmented.salvage;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.checkpoint.Checkpoint;
import dev.tidings.engine.segmented.checkpoint.Slots;
import dev.tidings.engine.segmented.checkpoint.SnapshotReader;
import dev.tidings.engine.segmented.format.ItemScan;
import dev.tidings.engine.segmented.recovery.StoreFormat;
import dev.tidings.engine.segmented.wal.RecordFormat;
import dev.tidings.engine.segmented.wal.RingSearch;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads what a damaged store says beside its segments: the newest snapshot that is there, as far as it holds, then
/// each record of the ring that holds, old ones too.
final class Remains {
    private final Disk disk;
    private final Consumer<String> notes;
    private final Recollection recollection = new Recollection();

    private Remains(Disk disk, Consumer<String> notes) {
        this.disk = disk;
        this.notes = notes;
    }

    /// @param notes is told what does not hold
    static Recollection of(Disk disk, Consumer<String> notes) throws IOException {
        Remains remains = new Remains(disk, notes);
        remains.read(remains.checkpoint());
        return remains.recollection;
    }

    /// The format, or null where it does not hold.
    static @Nullable StoreFormat format(Disk disk, Consumer<String> notes) throws IOException {
        try {
            return StoreFormat.existing(disk);
        } catch (Corrupt corrupt) {
            notes.accept(String.valueOf(corrupt.getMessage()));
            return null;
        } catch (CannotOpen missing) {
            if (disk.list("streams").isEmpty() && disk.list("wal").isEmpty()) {
                throw missing;
            }
            notes.accept("format is missing");
            return null;
        }
    }

    /// The newest checkpoint, or where no slot holds the newest snapshot that is there.
    private Checkpoint checkpoint() throws IOException {
        List<Checkpoint> held = List.of();
        try {
            held = new Slots(disk).read();
        } catch (Corrupt missing) {
            notes.accept(String.valueOf(missing.getMessage()));
        }
        for (Checkpoint checkpoint : held) {
            if (disk.exists(checkpoint.snapshotFile())) {
                return checkpoint;
            }
            notes.accept(checkpoint.snapshotFile() + " is missing");
        }
        if (held.isEmpty() && !disk.list("state").isEmpty()) {
            notes.accept("no checkpoint holds: cursors and catalog may be older than the damage");
        }
        long newest = disk.list("state").stream()
                .filter(name -> name.matches("snapshot-\\d{1,18}"))
                .mapToLong(name -> Long.parseLong(name.substring("snapshot-".length())))
                .max()
                .orElse(0);
        return newest == 0 ? Checkpoint.NONE : guessed(newest);
    }

    /// The checkpoint of a snapshot whose slot does not hold: all of the file counts.
    private Checkpoint guessed(long generation) throws IOException {
        Checkpoint named = new Checkpoint(generation, Checkpoint.NONE.position(), 0, 0);
        try (DiskFile file = disk.open(named.snapshotFile())) {
            return new Checkpoint(generation, named.position(), 0, file.size());
        }
    }

    private void read(Checkpoint checkpoint) throws IOException {
        if (checkpoint.generation() > 0) {
            SnapshotReader.readWhatHolds(
                    disk, checkpoint, recollection, damage -> notes.accept(String.valueOf(damage.getMessage())));
        }
        List<RingSearch.Place> places = RingSearch.records(disk);
        for (RingSearch.Place place : places) {
            if (place.lsn() <= checkpoint.position().lsn()) {
                recollection.onlyEvents();
            } else {
                recollection.everything();
            }
            apply(place);
        }
        noteMissing(checkpoint, places);
    }

    private void apply(RingSearch.Place place) throws IOException {
        try (DiskFile file = disk.open(place.file())) {
            byte[] record = RingSearch.read(file, place);
            ItemScan.scan(record, RecordFormat.HEADER, place.length(), recollection);
            recollection.time = Math.max(recollection.time, RecordFormat.millis(record));
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            notes.accept("%s at byte %d: the record makes no sense: %s"
                    .formatted(place.file(), place.offset(), e.getMessage()));
        }
    }

    private void noteMissing(Checkpoint checkpoint, List<RingSearch.Place> places) {
        long next = checkpoint.position().lsn() + 1;
        for (RingSearch.Place place : places) {
            if (place.lsn() > next && checkpoint.position().lsn() > 0) {
                notes.accept("records %d to %d of the ring do not hold".formatted(next, place.lsn() - 1));
            }
            next = Math.max(next, place.lsn() + 1);
        }
    }
}
