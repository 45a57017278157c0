package dev.tidings.engine.segmented.wal;

/// A place between two records of the ring.
///
/// @param location where the next record goes, if it fits there: bytes ever passed, from which file and offset follow
/// @param lsn      the sequence number of the record before; 0 where there is none
/// @param crc      the header checksum of the record before
public record RingPosition(long location, long lsn, int crc) {
    public static final RingPosition START = new RingPosition(0, 0, 0);
}
