package dev.tidings.engine.segmented.wal;

import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Copies a stretch of a ring, each record to its place, into files that hold nothing else.
final class RingCopy {
    private static final int CHUNK = 1 << 20;

    private final RingFiles files;
    private final Geometry geometry;

    RingCopy(RingFiles files, Geometry geometry) {
        this.files = files;
        this.geometry = geometry;
    }

    /// Copies all from one location to another, which is at most the ring's capacity away. The copy has as many
    /// files as the ring: records tell how many there were.
    void copy(long from, long to, Ring.Copies copies) throws IOException {
        int count = files.count();
        List<DiskFile> opened = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                opened.add(copies.open(Geometry.path(number), geometry.fileBytes()));
                opened.getLast().write(ByteBuffer.allocate(1), geometry.fileBytes() - 1);
            }
            for (long at = from; at < to; at = Math.min(geometry.nextFile(at), at + CHUNK)) {
                copy(at, (int) Math.min(CHUNK, Math.min(geometry.nextFile(at), to) - at), opened);
            }
        } finally {
            for (DiskFile file : opened) {
                file.close();
            }
        }
    }

    private void copy(long at, int length, List<DiskFile> into) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        Objects.requireNonNull(files.at(at)).read(bytes, geometry.offset(at));
        into.get(geometry.file(at)).write(bytes.flip(), geometry.offset(at));
    }
}
