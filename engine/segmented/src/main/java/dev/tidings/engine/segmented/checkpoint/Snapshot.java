package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.format.Items;
import dev.tidings.engine.segmented.format.Writer;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.model.EventType;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/// All that is in memory, but for what segments hold, written to a file.
public final class Snapshot {
    private Snapshot() {}

    /// What a snapshot also tells.
    ///
    /// @param generations of deduplication, as far as they are on disk
    /// @param millis      no event is accepted at an earlier time
    public record Extras(List<Seen.Saved> generations, long millis) {}

    /// Writes the snapshot of a checkpoint and makes it durable; returns its length.
    public static long write(Disk disk, Checkpoint checkpoint, Memory memory, Extras extras) throws IOException {
        try (DiskFile file = disk.open(checkpoint.snapshotFile())) {
            file.truncate(0);
            SnapshotWriter snapshot = new SnapshotWriter(file, checkpoint.generation());
            SnapshotItems.time(snapshot.items(), extras.millis);
            for (Seen.Saved generation : extras.generations) {
                SnapshotItems.generation(snapshot.items(), generation);
            }
            List<StreamLog> streams = memory.streams().all();
            for (StreamLog stream : streams) {
                write(snapshot, stream);
            }
            memory.cursors().visit((group, partition, cursor) -> {
                StreamLog stream = Objects.requireNonNull(memory.streams().find(partition.stream()));
                if (stream.number() < streams.size()) {
                    Items.cursor(snapshot.items(), stream.number(), group, cursor);
                    snapshot.frame();
                }
            });
            memory.tables().visit(row -> {
                Items.state(snapshot.items(), row);
                snapshot.frame();
            });
            long length = snapshot.finish();
            disk.syncDirectory(SnapshotWriter.DIRECTORY);
            return length;
        }
    }

    /// What has types is looked at before the types, so that none is missing.
    private static void write(SnapshotWriter snapshot, StreamLog stream) throws IOException {
        List<Segment> segments = stream.segments();
        List<StoredEvent> carried = Flush.pending(stream);
        Writer out = snapshot.items();
        Items.stream(out, stream.number(), stream.name());
        EventType[] types = stream.types();
        for (int number = 0; number < types.length; number++) {
            Items.type(out, stream.number(), number, types[number]);
        }
        long flushed = carried.isEmpty()
                ? Math.max(stream.flushed(), stream.first())
                : carried.getFirst().position();
        SnapshotItems.Standing.of(stream, segments, flushed).write(out);
        snapshot.frame();
        for (StoredEvent event : carried) {
            snapshot.items().putRaw(event.json().array(), EntryFormat.startOf(event), Flush.length(event));
            snapshot.frame();
        }
    }
}
