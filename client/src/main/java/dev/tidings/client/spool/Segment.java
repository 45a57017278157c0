package dev.tidings.client.spool;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// A file of events, named by the number of the first: a header (what it is, that number, a checksum of both), then
/// for each event
/// ```
/// length (4)   CRC32C of the JSON (4)   CRC32C of the event's number and these two (4)   JSON as it is sent
/// ```
/// So a record that ends with the file in its midst (torn by a kill) can be told from one that was changed later, and
/// of such a one whether it is still known where the next begins.
final class Segment {
    /// Bytes before the first record.
    static final int HEADER = 20;

    /// Bytes before the JSON of a record.
    static final int PREFIX = 12;

    private static final long MAGIC = 0x5449_4453_504C_0001L; // "TIDSPL", version 1
    private static final Pattern NAME = Pattern.compile("(\\d{19})\\.events");

    private final long first;
    private final Path path;
    private volatile long size;

    /// @param size up to where it is written
    Segment(long first, Path path, long size) {
        this.first = first;
        this.path = path;
        this.size = size;
    }

    /// Its path in that directory.
    static Path path(Path directory, long first) {
        return directory.resolve(String.format(Locale.ROOT, "%019d.events", first));
    }

    /// The number in a file's name; negative where it is none of ours.
    static long first(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    /// The number of its first event.
    long first() {
        return first;
    }

    Path path() {
        return path;
    }

    /// All before is written; only that may be read.
    long size() {
        return size;
    }

    void size(long bytes) {
        size = bytes;
    }

    static byte[] header(long first) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(first);
        return header.putInt(crc(header.array(), 0, HEADER - Integer.BYTES)).array();
    }

    /// The bytes before the JSON of that event.
    static ByteBuffer prefix(long number, int length, int crc) {
        ByteBuffer covered = ByteBuffer.allocate(Long.BYTES + PREFIX);
        covered.putLong(number).putInt(length).putInt(crc);
        covered.putInt(crc(covered.array(), 0, covered.position()));
        return covered.position(Long.BYTES);
    }

    static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
