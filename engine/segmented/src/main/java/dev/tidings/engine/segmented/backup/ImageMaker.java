package dev.tidings.engine.segmented.backup;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.backup.Image.Part;
import dev.tidings.engine.segmented.checkpoint.Checkpoint;
import dev.tidings.engine.segmented.checkpoint.Checkpointer;
import dev.tidings.engine.segmented.checkpoint.Slots;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.recovery.StoreFormat;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.engine.segmented.wal.Ring;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Makes an image of a running store: the newest checkpoint, and the records behind it as far as its snapshot may
/// know of them. Files that are only ever added to get a second name, which takes no space; format, slots and records
/// are copied. While that lasts no checkpoint is made and nothing is removed; events come and go.
public final class ImageMaker {
    private static final String DIRECTORY = "image";

    private final Disk disk;
    private final Streams streams;
    private final Ring ring;
    private final Checkpointer checkpointer;

    public ImageMaker(Disk disk, Streams streams, Ring ring, Checkpointer checkpointer) {
        this.disk = disk;
        this.streams = streams;
        this.ring = ring;
        this.checkpointer = checkpointer;
    }

    /// Makes the image, in place of an earlier one.
    public Image make() throws IOException {
        remove(disk);
        disk.createDirectory(DIRECTORY);
        Making making = new Making();
        checkpointer.hold(making::take);
        return new Image(making.parts);
    }

    /// Removes the image, if there is one.
    public static void remove(Disk disk) throws IOException {
        for (String name : disk.list(DIRECTORY)) {
            disk.delete(DIRECTORY + "/" + name);
        }
    }

    /// One image in the making.
    private final class Making {
        private final List<Part> parts = new ArrayList<>();

        /// What is in a snapshot was durable when its record was: before the ring's head.
        void take(Checkpoint checkpoint, List<Seen.Saved> generations) throws IOException {
            copyFormat();
            for (String slot : Slots.FILES) {
                boolean used = checkpoint.generation() > 0 && slot.equals(Slots.fileOf(checkpoint));
                write(slot, used ? Slots.encode(checkpoint) : new byte[0]);
            }
            if (checkpoint.generation() > 0) {
                link(checkpoint.snapshotFile(), checkpoint.snapshot(), false);
            }
            for (Seen.Saved generation : generations) {
                if (generation.fileLength() > 0) {
                    link(DedupFiles.DIRECTORY + "/" + generation.fileName(), generation.fileLength(), false);
                }
            }
            for (StreamLog stream : streams.all()) {
                for (Segment segment : stream.segments()) {
                    take(segment);
                }
            }
            ring.copySince(checkpoint.position(), this::openCopy);
        }

        private void take(Segment segment) throws IOException {
            link(segment.file(), segment.bytes(), segment.sealed());
            if (segment.sealed()) {
                link(segment.indexFile(), sizeOf(segment.indexFile()), true);
            }
        }

        private void copyFormat() throws IOException {
            byte[] bytes = new byte[(int) sizeOf(StoreFormat.PATH)];
            try (DiskFile file = disk.open(StoreFormat.PATH)) {
                file.read(ByteBuffer.wrap(bytes), 0);
            }
            write(StoreFormat.PATH, bytes);
        }

        private void write(String path, byte[] bytes) throws IOException {
            try (DiskFile file = openCopy(path, bytes.length)) {
                file.write(ByteBuffer.wrap(bytes), 0);
            }
        }

        private DiskFile openCopy(String path, long length) throws IOException {
            return disk.open(add(path, length, false));
        }

        private void link(String path, long length, boolean constant) throws IOException {
            disk.link(path, add(path, length, constant));
        }

        private String add(String path, long length, boolean constant) {
            String file = DIRECTORY + "/" + parts.size();
            parts.add(new Part(path, file, length, constant));
            return file;
        }

        private long sizeOf(String path) throws IOException {
            try (DiskFile file = disk.open(path)) {
                return file.size();
            }
        }
    }
}
