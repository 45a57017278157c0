package dev.tidings.engine.segmented.wal;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads the records behind a position, as far as they hold. What does not hold is the torn end of the ring, unless a
/// later record exists: then acknowledged bytes have changed, and nothing is served.
public final class RingScan {
    private static final int SEARCH = 32 << 20;
    private static final int CHUNK = 1 << 20;

    private final RingFiles files;
    private final Geometry geometry;
    private RingPosition at;
    private long lastPlace = -1;
    private byte[] last = {};

    public RingScan(RingFiles files, Geometry geometry, RingPosition from) {
        this.files = files;
        this.geometry = geometry;
        this.at = from;
    }

    /// A record found.
    ///
    /// @param bytes  all of it; the items stand from [RecordFormat#HEADER] to `length`
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Found(byte[] bytes, int length, String file, long offset, long lsn) {}

    /// Where the scan stands: behind the record returned last.
    public RingPosition position() {
        return at;
    }

    /// The next record, or null at the end.
    public @Nullable Found next() throws IOException {
        Found here = read(at.location());
        if (here == null && geometry.offset(at.location()) != 0) {
            here = read(geometry.nextFile(at.location()));
        }
        if (here == null) {
            refuseIfLaterExists();
            if (lastPlace >= 0) {
                files.require(RecordFormat.files(last));
            } else {
                refuseIfOlder();
            }
        }
        return here;
    }

    /// The last record once more, and a sync: it may have been in memory only, and is about to be served.
    public void secureLast() throws IOException {
        DiskFile file = lastPlace < 0 ? null : files.at(lastPlace);
        if (file != null) {
            file.write(ByteBuffer.wrap(last), geometry.offset(lastPlace));
            file.sync();
        }
    }

    private @Nullable Found read(long place) throws IOException {
        DiskFile file = files.at(place);
        long offset = geometry.offset(place);
        byte[] header = new byte[RecordFormat.HEADER];
        if (file == null
                || file.read(ByteBuffer.wrap(header), offset) < header.length
                || !RecordFormat.headerHolds(header, 0)
                || RecordFormat.lsn(header, 0) != at.lsn() + 1
                || RecordFormat.before(header) != at.crc()) {
            return null;
        }
        String path = Geometry.path(geometry.file(place));
        if (!RecordFormat.isOfOurVersion(header)) {
            throw new Corrupt(path, offset, "a record of the unknown version " + RecordFormat.version(header));
        }
        int length = RecordFormat.length(header, 0);
        if (length > geometry.fileBytes() - offset) {
            return null;
        }
        byte[] record = new byte[RecordFormat.padded(length)];
        int got = file.read(ByteBuffer.wrap(record), offset);
        if (got < record.length || !RecordFormat.bodyHolds(record, length)) {
            return null;
        }
        at = new RingPosition(place + record.length, at.lsn() + 1, RecordFormat.crc(record, 0));
        lastPlace = place;
        last = record;
        return new Found(record, length, path, offset, at.lsn());
    }

    private void refuseIfLaterExists() throws IOException {
        long here = at.location();
        long searchEnd = Math.min(geometry.nextFile(here), here + SEARCH);
        for (long place = here; place < searchEnd; place += CHUNK) {
            refuseLaterIn(place, (int) Math.min(CHUNK, searchEnd - place));
        }
        for (int file = 0; file < geometry.files(); file++) {
            refuseLaterIn(file * geometry.fileBytes(), RecordFormat.HEADER);
        }
    }

    /// Where nothing stands behind the checkpoint: the record before it, if any is in this file, must be the one that
    /// the checkpoint was made at. An earlier one proves that the file has been replaced by an older one.
    private void refuseIfOlder() throws IOException {
        DiskFile file = files.at(at.location());
        long end = geometry.offset(at.location());
        for (long window = (end - 1) / CHUNK * CHUNK; file != null && end > 0 && window >= 0; window -= CHUNK) {
            byte[] bytes = new byte[(int) Math.min(CHUNK, end - window)];
            file.read(ByteBuffer.wrap(bytes), window);
            for (int i = bytes.length - RecordFormat.ALIGNMENT; i >= 0; i -= RecordFormat.ALIGNMENT) {
                if (RecordFormat.headerHolds(bytes, i)) {
                    refuseOther(bytes, i, window + i);
                    return;
                }
            }
        }
    }

    private void refuseOther(byte[] bytes, int header, long offset) {
        long lsn = RecordFormat.lsn(bytes, header);
        if (lsn != at.lsn() || RecordFormat.crc(bytes, header) != at.crc()) {
            throw new Corrupt(
                    Geometry.path(geometry.file(at.location())),
                    offset,
                    "record %d is the last before the checkpoint, which was made at record %d"
                            .formatted(lsn, at.lsn()));
        }
    }

    private void refuseLaterIn(long place, int length) throws IOException {
        DiskFile file = files.at(place);
        if (file == null) {
            return;
        }
        byte[] bytes = new byte[length];
        int got = file.read(ByteBuffer.wrap(bytes), geometry.offset(place));
        for (int i = 0; i + RecordFormat.HEADER <= got; i += RecordFormat.ALIGNMENT) {
            if (RecordFormat.headerHolds(bytes, i) && RecordFormat.lsn(bytes, i) > at.lsn() + 1) {
                throw new Corrupt(
                        Geometry.path(geometry.file(at.location())),
                        geometry.offset(at.location()),
                        "record %d does not hold, but record %d exists"
                                .formatted(at.lsn() + 1, RecordFormat.lsn(bytes, i)));
            }
        }
    }
}
