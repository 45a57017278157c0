package dev.tidings.engine.segmented.wal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Records with any header and any items: what the scan returns lies inside its file, and it comes to an end.
class RingFuzzTest {
    private static final Geometry RING = new Geometry(2, 16 << 10);
    private static final int PIECE = 80;

    /// Each 80 bytes of the input are the head of a record; the last 16 bytes are where the scan begins.
    @FuzzTest
    void isScannedToItsEndOrSaysWhereItIsCorrupt(byte[] pieces) throws IOException {
        byte[] file = new byte[(int) RING.fileBytes()];
        for (int i = 0; i * PIECE < pieces.length && i * RecordFormat.ALIGNMENT < file.length; i++) {
            int from = i * PIECE;
            System.arraycopy(pieces, from, file, i * RecordFormat.ALIGNMENT, Math.min(PIECE, pieces.length - from));
        }
        scan(file, RingPosition.START);
        RingSeal.seal(file);
        scan(file, RingPosition.START);
        if (pieces.length >= 20) {
            int end = pieces.length;
            scan(
                    file,
                    new RingPosition(
                            Packed.longAt(pieces, end - 20) & 0xffff_ffffL,
                            Packed.longAt(pieces, end - 12),
                            Packed.intAt(pieces, end - 4)));
        }
    }

    private static void scan(byte[] bytes, RingPosition from) throws IOException {
        FaultyDisk disk = new FaultyDisk(1);
        disk.createDirectory(RingFiles.DIRECTORY);
        for (int i = 0; i < RING.files(); i++) {
            try (DiskFile file = disk.open(Geometry.path(i))) {
                file.write(ByteBuffer.wrap(bytes), 0);
            }
        }
        try (RingFiles files = new RingFiles(disk, RING)) {
            files.open();
            RingScan scan = new RingScan(files, RING, from);
            long lsn = from.lsn();
            for (RingScan.Found found = scan.next(); found != null; found = scan.next()) {
                assertThat(found.lsn()).isEqualTo(++lsn);
                assertThat(found.length()).isBetween(RecordFormat.HEADER, found.bytes().length);
                assertThat(found.offset() + found.bytes().length).isLessThanOrEqualTo(RING.fileBytes());
            }
            scan.secureLast();
        } catch (Corrupt corrupt) {
            assertThat(corrupt.file()).startsWith("wal/wal-");
            assertThat(corrupt.offset()).isBetween(0L, RING.fileBytes());
        }
    }
}
