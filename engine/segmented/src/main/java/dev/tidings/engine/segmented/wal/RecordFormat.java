package dev.tidings.engine.segmented.wal;

import dev.tidings.engine.segmented.format.Packed;

/// A record of the ring: this header, then items, then zeroes up to a multiple of 4096.
///
/// ```
///  0 int magic                      20 int  header CRC of the record before
///  4 int version                    24 long log sequence number (LSN)
///  8 int length, header included    32 long boot epoch
/// 12 int CRC32C of 16 to 64 and of  40 long time, ms since 1970
///        0 to 12 before             48 int  how many files the ring had (0: not told)
/// 16 int CRC32C of the items        52 zeroes
///                                   64 the items
/// ```
///
/// A record is written only when the one before is durable, so only the last can be torn. A later one behind one
/// that does not hold proves that acknowledged bytes have changed.
public final class RecordFormat {
    public static final int HEADER = 64;
    public static final int ALIGNMENT = 4096;

    private static final int MAGIC = 0x01d157fe;
    private static final int VERSION = 1;
    private static final int LENGTH = 8;
    private static final int HEADER_CRC = 12;
    private static final int BODY_CRC = 16;
    private static final int BEFORE_CRC = 20;
    private static final int LSN = 24;
    private static final int EPOCH = 32;
    private static final int MILLIS = 40;
    private static final int FILES = 48;

    private RecordFormat() {}

    static void seal(byte[] array, int length, Head head) {
        Packed.putInt(array, 0, MAGIC);
        Packed.putInt(array, Integer.BYTES, VERSION);
        Packed.putInt(array, LENGTH, length);
        Packed.putInt(array, BODY_CRC, Packed.crc(array, HEADER, length));
        Packed.putInt(array, BEFORE_CRC, head.before);
        Packed.putLong(array, LSN, head.lsn);
        Packed.putLong(array, EPOCH, head.epoch);
        Packed.putLong(array, MILLIS, head.millis);
        Packed.putInt(array, FILES, head.files);
        Packed.putInt(array, HEADER_CRC, headerCrc(array, 0));
    }

    /// What a header says beside lengths and checksums.
    record Head(long lsn, int before, long epoch, long millis, int files) {}

    static boolean headerHolds(byte[] array, int at) {
        return Packed.intAt(array, at) == MAGIC
                && Packed.intAt(array, at + HEADER_CRC) == headerCrc(array, at)
                && length(array, at) >= HEADER;
    }

    static boolean bodyHolds(byte[] record, int length) {
        return record.length >= length && Packed.crc(record, HEADER, length) == Packed.intAt(record, BODY_CRC);
    }

    static int version(byte[] array) {
        return Packed.intAt(array, Integer.BYTES);
    }

    static boolean isOfOurVersion(byte[] array) {
        return version(array) == VERSION;
    }

    public static int length(byte[] array, int at) {
        return Packed.intAt(array, at + LENGTH);
    }

    /// The header's checksum, which the next record repeats.
    static int crc(byte[] array, int at) {
        return Packed.intAt(array, at + HEADER_CRC);
    }

    /// So many files the ring had when the record was written, or more; 0 where it does not tell.
    static int files(byte[] record) {
        return Packed.intAt(record, FILES);
    }

    static int before(byte[] array) {
        return Packed.intAt(array, BEFORE_CRC);
    }

    static long lsn(byte[] array, int at) {
        return Packed.longAt(array, at + LSN);
    }

    public static long epoch(byte[] record) {
        return Packed.longAt(record, EPOCH);
    }

    public static long millis(byte[] record) {
        return Packed.longAt(record, MILLIS);
    }

    static int padded(int length) {
        return Math.addExact(length, ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static int headerCrc(byte[] array, int at) {
        return Packed.crc(array, at, at + HEADER_CRC) * 31 + Packed.crc(array, at + BODY_CRC, at + HEADER);
    }
}
