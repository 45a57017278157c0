package dev.tidings.engine.segmented.dedup;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.format.Writer;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The files of generations: chunks of `int magic, int CRC32C of what follows, int number of sightings, int 0`,
/// then hash, location and time of each.
public final class DedupFiles {
    public static final String DIRECTORY = "dedup";
    private static final int MAGIC = 0xded0ded0;
    private static final int HEADER = 16;
    private static final int CRC_FROM = 8;
    private static final int SIGHTING = Generation.FIELDS * Long.BYTES;
    private static final int SIGHTINGS_A_CHUNK = 1 << 16;
    private static final int FIELDS_A_CHUNK = Generation.FIELDS * SIGHTINGS_A_CHUNK;

    private final Disk disk;
    private boolean created;

    public DedupFiles(Disk disk) {
        this.disk = disk;
    }

    /// Appends sightings (hash, location, time, …) at `offset`, syncs, and returns where the file ends now.
    long append(String path, long offset, long[] fields) throws IOException {
        if (fields.length == 0 && offset > 0) {
            return offset;
        }
        created |= offset == 0;
        try (DiskFile file = disk.open(path)) {
            long at = offset;
            for (int from = 0; from < fields.length; from += FIELDS_A_CHUNK) {
                Writer chunk = chunk(fields, from, Math.min(fields.length, from + FIELDS_A_CHUNK));
                file.write(ByteBuffer.wrap(chunk.array(), 0, chunk.position()), at);
                at += chunk.position();
            }
            file.sync();
            return at;
        }
    }

    void syncNames() throws IOException {
        if (created) {
            disk.syncDirectory(DIRECTORY);
            created = false;
        }
    }

    private static Writer chunk(long[] fields, int from, int to) {
        Writer out = new Writer(HEADER + (to - from) * Long.BYTES);
        out.putInt(MAGIC);
        out.putInt(0);
        out.putInt((to - from) / Generation.FIELDS);
        out.putInt(0);
        for (int i = from; i < to; i++) {
            out.putLong(fields[i]);
        }
        Packed.putInt(out.array(), Integer.BYTES, Packed.crc(out.array(), CRC_FROM, out.position()));
        return out;
    }

    /// Demands that the file is there, that long at least.
    void require(String path, long length) throws IOException {
        if (length == 0) {
            return;
        }
        if (!disk.exists(path)) {
            throw new Corrupt(path, 0, "the file is missing");
        }
        try (DiskFile file = disk.open(path)) {
            if (length < 0 || length > file.size()) {
                throw new Corrupt(path, file.size(), "the file ends before byte " + length);
            }
        }
    }

    /// Sees what a file holds, in order.
    interface Sink {
        void add(long hash, long location, long accepted);
    }

    void load(String path, long length, Sink sightings) throws IOException {
        if (length == 0) {
            return;
        }
        try (DiskFile file = disk.open(path)) {
            long at = 0;
            while (at < length) {
                byte[] chunk = readChunk(path, file, at);
                for (int i = HEADER; i < chunk.length; i += SIGHTING) {
                    sightings.add(
                            Packed.longAt(chunk, i),
                            Packed.longAt(chunk, i + Long.BYTES),
                            Packed.longAt(chunk, i + 2 * Long.BYTES));
                }
                at += chunk.length;
            }
        }
    }

    private static byte[] readChunk(String path, DiskFile file, long at) throws IOException {
        byte[] header = new byte[HEADER];
        int got = file.read(ByteBuffer.wrap(header), at);
        int count = Packed.intAt(header, CRC_FROM);
        if (got < HEADER || Packed.intAt(header, 0) != MAGIC || count < 0 || count > SIGHTINGS_A_CHUNK) {
            throw new Corrupt(path, at, "no chunk begins here");
        }
        byte[] chunk = new byte[HEADER + count * SIGHTING];
        int length = file.read(ByteBuffer.wrap(chunk), at);
        if (length < chunk.length || Packed.crc(chunk, CRC_FROM, chunk.length) != Packed.intAt(chunk, Integer.BYTES)) {
            throw new Corrupt(path, at, "the checksum of the chunk does not match");
        }
        return chunk;
    }
}
