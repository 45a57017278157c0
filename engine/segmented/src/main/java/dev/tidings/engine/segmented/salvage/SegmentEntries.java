package dev.tidings.engine.segmented.salvage;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.segments.Block;
import dev.tidings.engine.segmented.segments.SegmentHeader;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.segments.SegmentWalk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entries in the segments of all streams, found by the files alone.
final class SegmentEntries {
    private final Disk disk;
    private final TreeMap<Integer, List<String>> files = new TreeMap<>();
    private final TreeMap<Integer, String> names = new TreeMap<>();

    private SegmentEntries(Disk disk) {
        this.disk = disk;
    }

    /// Sees an entry; `array` belongs to it and others.
    interface Visitor {
        void entry(byte[] array, int at) throws IOException;
    }

    static SegmentEntries of(Disk disk) throws IOException {
        SegmentEntries entries = new SegmentEntries(disk);
        for (String directory : disk.list(SegmentStore.ROOT)) {
            int dash = directory.indexOf('-');
            String number = directory.substring(0, Math.max(dash, 0));
            if (number.matches("\\d{1,9}") && Recollection.makesSense(Integer.parseInt(number))) {
                entries.find(Integer.parseInt(number), SegmentStore.ROOT + "/" + directory);
            }
        }
        return entries;
    }

    /// The numbers of the streams that have a directory, whatever is in it.
    Iterable<Integer> streams() {
        return files.keySet();
    }

    /// The name of a stream as its segments tell it, or null where none does.
    @Nullable
    String name(int stream) {
        return names.get(stream);
    }

    private void find(int stream, String directory) throws IOException {
        List<String> found = files.computeIfAbsent(stream, _ -> new ArrayList<>());
        for (String name : disk.list(directory)) {
            if (name.matches("0\\d{19}\\.seg")) {
                String path = directory + "/" + name;
                found.add(path);
                SegmentHeader.Owner owner = owner(path);
                if (owner != null && owner.stream() == stream) {
                    names.put(stream, owner.name());
                }
            }
        }
    }

    private SegmentHeader.@Nullable Owner owner(String path) throws IOException {
        byte[] header = new byte[SegmentHeader.BYTES];
        try (DiskFile file = disk.open(path)) {
            file.read(ByteBuffer.wrap(header), 0);
        }
        return SegmentHeader.read(header);
    }

    /// Visits the entries of a stream; those of one file ascend, and so do the files.
    void visit(int stream, Visitor visitor, Consumer<String> notes) throws IOException {
        for (String path : files.getOrDefault(stream, List.of())) {
            try (DiskFile file = disk.open(path)) {
                SegmentWalk.walk(file, Long.MAX_VALUE, new Blocks(stream, path, visitor, notes));
            }
        }
    }

    /// Opens blocks.
    private record Blocks(int stream, String path, Visitor visitor, Consumer<String> notes)
            implements SegmentWalk.Sink {
        @Override
        public void block(byte[] block, long offset) throws IOException {
            if (Block.stream(block, 0) != stream) {
                notes.accept("%s at byte %d: a block of stream %d is left out"
                        .formatted(path, offset, Block.stream(block, 0)));
                return;
            }
            for (int at = Block.HEADER; at < block.length; at = EntryFormat.endOf(block, at)) {
                if (Recollection.makesSense(EntryFormat.type(block, at))) {
                    visitor.entry(block, at);
                } else {
                    notes.accept("%s at byte %d: an event of the type %d is left out"
                            .formatted(path, offset + at, EntryFormat.type(block, at)));
                }
            }
        }

        @Override
        public void damaged(long from, long to, String what) {
            notes.accept("%s at byte %d: %s, up to byte %d".formatted(path, from, what, to));
        }
    }
}
