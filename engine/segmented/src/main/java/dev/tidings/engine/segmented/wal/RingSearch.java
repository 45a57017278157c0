package dev.tidings.engine.segmented.wal;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds every record in the files of a ring that holds, whatever stands around it.
public final class RingSearch {
    private static final int WINDOW = 1 << 20;

    private RingSearch() {}

    /// Where a record is.
    public record Place(String file, long offset, int length, long lsn) {}

    /// All records, oldest first.
    public static List<Place> records(Disk disk) throws IOException {
        List<Place> found = new ArrayList<>();
        for (String name : disk.list(RingFiles.DIRECTORY)) {
            if (name.matches("wal-\\d{1,9}")) {
                String path = RingFiles.DIRECTORY + "/" + name;
                try (DiskFile file = disk.open(path)) {
                    search(file, path, found);
                }
            }
        }
        found.sort(Comparator.comparingLong(Place::lsn));
        return found;
    }

    /// The record at a place, padding included.
    public static byte[] read(DiskFile file, Place place) throws IOException {
        byte[] record = new byte[RecordFormat.padded(place.length)];
        file.read(ByteBuffer.wrap(record), place.offset);
        return record;
    }

    private static void search(DiskFile file, String path, List<Place> found) throws IOException {
        long size = file.size();
        for (long window = 0; window < size; window += WINDOW) {
            byte[] bytes = new byte[(int) Math.min(WINDOW, size - window)];
            file.read(ByteBuffer.wrap(bytes), window);
            for (int i = 0; i + RecordFormat.HEADER <= bytes.length; i += RecordFormat.ALIGNMENT) {
                Place place = place(bytes, i, path, window + i);
                if (place != null && holds(file, place, size)) {
                    found.add(place);
                }
            }
        }
    }

    /// Where a record is whose header stands in these bytes, or null where none does.
    private static @Nullable Place place(byte[] bytes, int at, String path, long offset) {
        return RecordFormat.headerHolds(bytes, at)
                ? new Place(path, offset, RecordFormat.length(bytes, at), RecordFormat.lsn(bytes, at))
                : null;
    }

    private static boolean holds(DiskFile file, Place place, long size) throws IOException {
        return place.length <= size - place.offset && RecordFormat.bodyHolds(read(file, place), place.length);
    }
}
