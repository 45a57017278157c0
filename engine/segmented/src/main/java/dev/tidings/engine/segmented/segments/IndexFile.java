package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The index of a sealed segment, written once:
///
/// ```
///  0 int magic       8 int length of the summary     16 int number of runs
///  4 int version    12 int checksum of all but runs 20 int CRC32C of them
/// 24 the summary: long first, long next, long bytes, [Summary]; then 32 bytes for each run ([SegmentIndex])
/// ```
public final class IndexFile {
    private static final int MAGIC = 0x1de81de8;
    private static final int VERSION = 1;
    private static final int HEADER = 24;
    private static final int SUMMARY_LENGTH = 8;
    private static final int SUMMARY_CRC = 12;
    private static final int RUNS = 16;
    private static final int RUNS_CRC = 20;
    private static final int LIKELY_ENOUGH = 4096;

    private IndexFile() {}

    static void write(Disk disk, Segment segment, SegmentIndex index) throws IOException {
        Writer out = new Writer(HEADER + 1024 + index.runs() * SegmentIndex.ENTRY_BYTES);
        out.putInt(MAGIC);
        out.putInt(VERSION);
        out.skip(HEADER - out.position());
        out.putLong(segment.first());
        out.putLong(segment.next());
        out.putLong(segment.bytes());
        segment.summary().write(out);
        int runs = out.position();
        index.write(out);
        byte[] array = out.array();
        Packed.putInt(array, SUMMARY_LENGTH, runs - HEADER);
        Packed.putInt(array, RUNS, index.runs());
        Packed.putInt(array, RUNS_CRC, Packed.crc(array, runs, out.position()));
        Packed.putInt(array, SUMMARY_CRC, summaryCrc(array, runs));
        try (DiskFile file = disk.open(segment.indexFile())) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(array, 0, out.position()), 0);
            file.sync();
        }
    }

    /// The sealed segment as its index file tells it.
    public static Segment segment(OpenFiles files, String path) throws IOException {
        Segment named = new Segment(path, 0, 0, 0, Summary.EMPTY, null);
        byte[] head = head(files, named);
        try {
            return segment(path, new Reader(head, HEADER, head.length));
        } catch (IndexOutOfBoundsException e) {
            throw new Corrupt(named.indexFile(), HEADER, "the summary makes no sense: " + e.getMessage());
        }
    }

    private static Segment segment(String path, Reader in) {
        long first = in.readLong();
        long next = in.readLong();
        long bytes = in.readLong();
        return new Segment(path, first, next, bytes, Summary.read(in), null);
    }

    /// The index of a sealed segment.
    public static SegmentIndex index(OpenFiles files, Segment segment) throws IOException {
        byte[] head = head(files, segment);
        int runs = Packed.intAt(head, RUNS);
        int length = (int) Math.min(Integer.MAX_VALUE, (long) runs * SegmentIndex.ENTRY_BYTES);
        byte[] body = files.read(segment.indexFile(), head.length, length);
        if (body.length != length || Packed.crc(body, 0, length) != Packed.intAt(head, RUNS_CRC)) {
            throw new Corrupt(segment.indexFile(), head.length, "the checksum of the index does not match");
        }
        SegmentIndex index = SegmentIndex.read(new Reader(body, 0, length), runs);
        if (!index.fits(segment)) {
            throw new Corrupt(segment.indexFile(), head.length, "the runs are not those of the segment");
        }
        return index;
    }

    private static byte[] head(OpenFiles files, Segment segment) throws IOException {
        byte[] head = files.read(segment.indexFile(), 0, LIKELY_ENOUGH);
        int end = head.length < HEADER ? -1 : HEADER + Math.max(0, Packed.intAt(head, SUMMARY_LENGTH));
        if (end > head.length) {
            head = files.read(segment.indexFile(), 0, (int) Math.min(end, 1L << 26));
        }
        boolean holds = end > HEADER
                && end <= head.length
                && Packed.intAt(head, 0) == MAGIC
                && summaryCrc(head, end) == Packed.intAt(head, SUMMARY_CRC)
                && Packed.intAt(head, RUNS) >= 0;
        if (!holds) {
            throw new Corrupt(segment.indexFile(), 0, "the checksum of the summary does not match");
        }
        return Arrays.copyOf(head, end);
    }

    /// Over everything before the runs but the checksum itself.
    private static int summaryCrc(byte[] array, int end) {
        int before = Packed.crc(array, 0, SUMMARY_CRC);
        return before * 31 + Packed.crc(array, RUNS, end);
    }
}
