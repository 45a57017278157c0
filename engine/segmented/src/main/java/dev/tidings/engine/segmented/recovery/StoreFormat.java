package dev.tidings.engine.segmented.recovery;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.checkpoint.Slots;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.wal.Geometry;
import dev.tidings.engine.segmented.wal.RingFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;

/// What is fixed in a store: the version of its format, the shape of its ring, its seed. The file `format` is the last
/// that a new store gets, so a store without it never held anything.
///
/// Formats: 1; 2 has items that forget the cursor of a group. A store of an older format becomes one of this when it is
/// opened for writing: a program that does not know what may be in it now refuses it, and does not take it for damaged.
///
/// `int magic, int version, int CRC32C of these two`, which all versions begin with; `int CRC32C of the rest, int
/// files, long bytes a file, long seed`
public record StoreFormat(Geometry ring, long seed) {
    public static final String PATH = "format";
    private static final int MAGIC = 0x71d19657;
    /// The format that this program writes; it opens all before it.
    public static final int VERSION = 2;
    private static final int HEAD_CRC = 8;
    private static final int REST_CRC = 12;
    private static final int REST = 16;
    private static final int BYTES = 64;
    public static final List<String> DIRECTORIES =
            List.of(RingFiles.DIRECTORY, "state", DedupFiles.DIRECTORY, SegmentStore.ROOT);

    private record Found(int version, StoreFormat format) {}

    /// Reads the format of a store that is to be written to, or makes a new store.
    public static StoreFormat openOrCreate(Disk disk, Geometry wanted, LongSupplier seeds) throws IOException {
        if (!disk.exists(PATH)) {
            return create(disk, new StoreFormat(wanted, seeds.getAsLong()));
        }
        Found found = read(disk);
        if (found.version < VERSION) {
            found.format.write(disk);
        }
        return found.format;
    }

    /// Reads the format of a store that there must be.
    ///
    /// @throws CannotOpen where there is none, or it is of a newer program
    public static StoreFormat existing(Disk disk) throws IOException {
        if (!disk.exists(PATH)) {
            throw new CannotOpen("this is no store: it has no file '%s'".formatted(PATH));
        }
        return read(disk).format;
    }

    /// A process that was killed may have made files whose names are seen, but would not survive a power cut. From here
    /// on they are taken for durable.
    public static void syncNames(Disk disk) throws IOException {
        disk.syncDirectory("");
        for (String directory : DIRECTORIES) {
            disk.syncDirectory(directory);
        }
    }

    private static Found read(Disk disk) throws IOException {
        byte[] bytes = new byte[BYTES];
        int length;
        try (DiskFile file = disk.open(PATH)) {
            length = file.read(ByteBuffer.wrap(bytes), 0);
        }
        Reader in = new Reader(bytes, 0, BYTES);
        int magic = in.readInt();
        int version = in.readInt();
        if (length < REST || magic != MAGIC || in.readInt() != Packed.crc(bytes, 0, HEAD_CRC)) {
            throw new Corrupt(PATH, 0, "no store begins like this");
        }
        if (version > VERSION) {
            throw new CannotOpen("the store has format %d, this program knows formats up to %d: use a newer program"
                    .formatted(version, VERSION));
        }
        if (length < BYTES || in.readInt() != Packed.crc(bytes, REST, BYTES)) {
            throw new Corrupt(PATH, REST_CRC, "the checksum does not match");
        }
        return new Found(version, new StoreFormat(geometry(in), in.readLong()));
    }

    private static Geometry geometry(Reader in) {
        try {
            return new Geometry(in.readInt(), in.readLong());
        } catch (IllegalArgumentException e) {
            throw new Corrupt(PATH, REST, "no ring has this shape: " + e.getMessage());
        }
    }

    private static StoreFormat create(Disk disk, StoreFormat format) throws IOException {
        Slots slots = new Slots(disk);
        if (slots.used()) {
            throw new Corrupt(PATH, 0, "the file is missing, but there is a checkpoint");
        }
        try (RingFiles files = new RingFiles(disk, format.ring)) {
            if (!files.blank()) {
                throw new Corrupt(PATH, 0, "the file is missing, but the ring has records");
            }
            for (String directory : DIRECTORIES) {
                disk.createDirectory(directory);
            }
            slots.create();
            disk.syncDirectory("");
            files.create();
        }
        format.write(disk);
        return format;
    }

    private void write(Disk disk) throws IOException {
        Writer out = new Writer(BYTES);
        out.putInt(MAGIC);
        out.putInt(VERSION);
        out.putInt(0);
        out.putInt(0);
        out.putInt(ring.files());
        out.putLong(ring.fileBytes());
        out.putLong(seed);
        out.padTo(BYTES);
        Packed.putInt(out.array(), HEAD_CRC, Packed.crc(out.array(), 0, HEAD_CRC));
        Packed.putInt(out.array(), REST_CRC, Packed.crc(out.array(), REST, BYTES));
        String unfinished = PATH + ".new";
        try (DiskFile file = disk.open(unfinished)) {
            file.write(ByteBuffer.wrap(out.array(), 0, BYTES), 0);
            file.sync();
        }
        disk.move(unfinished, PATH);
        disk.syncDirectory("");
    }
}
