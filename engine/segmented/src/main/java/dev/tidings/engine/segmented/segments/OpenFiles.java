package dev.tidings.engine.segmented.segments;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Files kept open for reading, the least recently used closed when there are too many.
public final class OpenFiles implements AutoCloseable {
    private final Disk disk;
    private final int limit;
    private final Map<String, Shared> open = new LinkedHashMap<>(16, 0.75f, true);

    public OpenFiles(Disk disk, int limit) {
        this.disk = disk;
        this.limit = limit;
    }

    /// Reads up to `length` bytes; shorter at the end of the file. Fails where there is no such file.
    public byte[] read(String path, long offset, int length) throws IOException {
        Shared file = acquire(path);
        try {
            byte[] bytes = new byte[Math.clamp(file.file.size() - offset, 0, length)];
            int count = file.file.read(ByteBuffer.wrap(bytes), offset);
            return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        } finally {
            release(file);
        }
    }

    /// Closes a file, since it is about to be removed.
    public void forget(String path) throws IOException {
        Shared file;
        synchronized (open) {
            file = open.remove(path);
        }
        if (file != null) {
            release(file);
        }
    }

    private Shared acquire(String path) throws IOException {
        synchronized (open) {
            Shared known = open.get(path);
            if (known == null) {
                if (!disk.exists(path)) {
                    throw new NoSuchFileException(path, null, "the file is missing");
                }
                known = new Shared(disk.open(path));
                open.put(path, known);
                makeRoom();
            }
            known.users++;
            return known;
        }
    }

    private void makeRoom() throws IOException {
        while (open.size() > limit) {
            Map.Entry<String, Shared> eldest = open.entrySet().iterator().next();
            open.remove(eldest.getKey());
            release(eldest.getValue());
        }
    }

    private void release(Shared file) throws IOException {
        boolean last;
        synchronized (open) {
            file.users--;
            last = file.users == 0;
        }
        if (last) {
            file.file.close();
        }
    }

    @Override
    public void close() {
        synchronized (open) {
            for (Shared file : open.values()) {
                try {
                    release(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            open.clear();
        }
    }

    /// An open file and its users, the table itself being one.
    private static final class Shared {
        private final DiskFile file;
        private int users = 1;

        Shared(DiskFile file) {
            this.file = file;
        }
    }
}
