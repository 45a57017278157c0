package dev.tidings.engine.segmented.checkpoint;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
import dev.tidings.engine.segmented.wal.RingPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/// The two files that say where recovery begins, written in turn, so that one of them always holds:
/// `int magic, int CRC32C of the rest, int version, int 0, long generation, long location, long LSN, long epoch,
/// long length of the snapshot, int CRC of the record before`.
public final class Slots {
    public static final List<String> FILES = List.of("checkpoint-a", "checkpoint-b");
    private static final int MAGIC = 0xc4ec9017;
    private static final int VERSION = 1;
    private static final int BYTES = 64;
    private static final int CRC_FROM = 8;
    /// No number in a slot ever grows so large.
    private static final long BEYOND = 1L << 62;

    private final Disk disk;

    public Slots(Disk disk) {
        this.disk = disk;
    }

    /// Makes both files, empty.
    public void create() throws IOException {
        for (String path : FILES) {
            try (DiskFile file = disk.open(path)) {
                file.sync();
            }
        }
    }

    /// Whether either holds anything at all.
    public boolean used() throws IOException {
        boolean used = false;
        for (String path : FILES) {
            used |= disk.exists(path) && size(path) > 0;
        }
        return used;
    }

    private long size(String path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            return file.size();
        }
    }

    /// The checkpoints that hold, newest first.
    public List<Checkpoint> read() throws IOException {
        List<Checkpoint> found = new ArrayList<>();
        for (String path : FILES) {
            byte[] bytes = new byte[BYTES];
            if (!disk.exists(path)) {
                throw new Corrupt(path, 0, "the file is missing");
            }
            try (DiskFile file = disk.open(path)) {
                if (file.read(ByteBuffer.wrap(bytes), 0) == BYTES && holds(bytes)) {
                    found.add(sensible(decode(bytes), path));
                }
            }
        }
        found.sort(Comparator.comparingLong(Checkpoint::generation).reversed());
        return found;
    }

    private static boolean holds(byte[] bytes) {
        return Packed.intAt(bytes, 0) == MAGIC
                && Packed.intAt(bytes, Integer.BYTES) == Packed.crc(bytes, CRC_FROM, BYTES)
                && Packed.intAt(bytes, CRC_FROM) == VERSION;
    }

    private static Checkpoint sensible(Checkpoint checkpoint, String path) {
        RingPosition position = checkpoint.position();
        boolean sensible = LongStream.of(
                        checkpoint.generation(),
                        position.location(),
                        position.lsn(),
                        checkpoint.epoch(),
                        checkpoint.snapshot())
                .allMatch(number -> number >= 0 && number < BEYOND);
        if (!sensible) {
            throw new Corrupt(path, 0, "the slot makes no sense: " + checkpoint);
        }
        return checkpoint;
    }

    private static Checkpoint decode(byte[] bytes) {
        Reader in = new Reader(bytes, CRC_FROM + 2 * Integer.BYTES, BYTES);
        long generation = in.readLong();
        long location = in.readLong();
        long lsn = in.readLong();
        long epoch = in.readLong();
        long snapshot = in.readLong();
        return new Checkpoint(generation, new RingPosition(location, lsn, in.readInt()), epoch, snapshot);
    }

    /// Writes a checkpoint over the older slot and syncs.
    public void write(Checkpoint checkpoint) throws IOException {
        try (DiskFile file = disk.open(fileOf(checkpoint))) {
            file.write(ByteBuffer.wrap(encode(checkpoint)), 0);
            file.sync();
        }
    }

    /// The slot that a checkpoint is written into.
    public static String fileOf(Checkpoint checkpoint) {
        return FILES.get((int) (checkpoint.generation() % 2));
    }

    /// A slot's content.
    public static byte[] encode(Checkpoint checkpoint) {
        Writer out = new Writer(BYTES);
        out.putInt(MAGIC);
        out.putInt(0);
        out.putInt(VERSION);
        out.putInt(0);
        out.putLong(checkpoint.generation());
        out.putLong(checkpoint.position().location());
        out.putLong(checkpoint.position().lsn());
        out.putLong(checkpoint.epoch());
        out.putLong(checkpoint.snapshot());
        out.putInt(checkpoint.position().crc());
        out.padTo(BYTES);
        Packed.putInt(out.array(), Integer.BYTES, Packed.crc(out.array(), CRC_FROM, BYTES));
        return Arrays.copyOf(out.array(), BYTES);
    }
}
