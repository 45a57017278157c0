package dev.tidings.engine.segmented.wal;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The files of the ring. Each is filled with zeroes and synced under another name before it takes its own, so that a
/// file of the ring is always whole and writing into it needs no space.
public final class RingFiles implements AutoCloseable {
    public static final String DIRECTORY = "wal";
    private static final int FILL = 1 << 20;

    private final Disk disk;
    private final Geometry geometry;
    private final AtomicReferenceArray<@Nullable DiskFile> files;

    public RingFiles(Disk disk, Geometry geometry) {
        this.disk = disk;
        this.geometry = geometry;
        this.files = new AtomicReferenceArray<>(geometry.files());
    }

    /// Makes the first file of a new store.
    public void create() throws IOException {
        prepare(0, () -> false);
    }

    /// Opens the files there are: at least the first, and those before any other.
    public void open() throws IOException {
        int there = 0;
        for (int i = 0; i < geometry.files(); i++) {
            there = disk.exists(Geometry.path(i)) ? i + 1 : there;
        }
        for (int i = 0; i < Math.max(1, there); i++) {
            String path = Geometry.path(i);
            if (!disk.exists(path)) {
                throw new Corrupt(path, 0, "the file is missing");
            }
            DiskFile file = disk.open(path);
            files.set(i, file);
            if (file.size() < geometry.fileBytes()) {
                throw new Corrupt(path, file.size(), "the file ends before byte " + geometry.fileBytes());
            }
        }
    }

    /// Makes the files there are not yet, until all are there or it is to stop.
    public void prepareAll(BooleanSupplier stop) throws IOException {
        for (int i = 0; i < geometry.files() && !stop.getAsBoolean(); i++) {
            prepare(i, stop);
        }
    }

    private void prepare(int number, BooleanSupplier stop) throws IOException {
        String path = Geometry.path(number);
        if (files.get(number) != null) {
            return;
        }
        if (!disk.exists(path) && !fill(path, stop)) {
            return;
        }
        files.set(number, disk.open(path));
    }

    private boolean fill(String path, BooleanSupplier stop) throws IOException {
        String unfinished = path + ".new";
        ByteBuffer zeroes = ByteBuffer.allocate((int) Math.min(FILL, geometry.fileBytes()));
        try (DiskFile file = disk.open(unfinished)) {
            for (long at = 0; at < geometry.fileBytes(); at += zeroes.capacity()) {
                if (stop.getAsBoolean()) {
                    return false;
                }
                zeroes.clear().limit((int) Math.min(zeroes.capacity(), geometry.fileBytes() - at));
                file.write(zeroes, at);
            }
            file.sync();
        }
        disk.move(unfinished, path);
        disk.syncDirectory(DIRECTORY);
        return true;
    }

    /// The file of a position that a checkpoint names must be there.
    public void require(RingPosition position) {
        if (geometry.offset(position.location()) > 0 && at(position.location()) == null) {
            throw new Corrupt(Geometry.path(geometry.file(position.location())), 0, "the file is missing");
        }
    }

    /// What the files take on disk.
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < files.length(); i++) {
            bytes += files.get(i) == null ? 0 : geometry.fileBytes();
        }
        return bytes;
    }

    /// Whether the first file is not there, or has no record in it.
    public boolean blank() throws IOException {
        String path = Geometry.path(0);
        if (!disk.exists(path)) {
            return true;
        }
        byte[] header = new byte[RecordFormat.HEADER];
        try (DiskFile first = disk.open(path)) {
            return first.read(ByteBuffer.wrap(header), 0) < header.length || !RecordFormat.headerHolds(header, 0);
        }
    }

    /// How many files there are.
    int count() {
        int count = 0;
        while (count < files.length() && files.get(count) != null) {
            count++;
        }
        return count;
    }

    /// So many files must be there.
    void require(int wanted) {
        int there = count();
        if (there < wanted) {
            throw new Corrupt(Geometry.path(there), 0, "the file is missing");
        }
    }

    /// The file a location is in, or null where it is not there yet.
    @Nullable
    DiskFile at(long location) {
        return files.get(geometry.file(location));
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < files.length(); i++) {
            DiskFile file = files.get(i);
            if (file != null) {
                file.close();
            }
        }
    }
}
