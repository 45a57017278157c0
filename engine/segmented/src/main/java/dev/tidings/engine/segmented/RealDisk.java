package dev.tidings.engine.segmented;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.disk.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A directory of the machine. Whoever has it open has it alone: a lock keeps other processes away.
public final class RealDisk implements Disk, AutoCloseable {
    private static final String LOCK = "lock";
    private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> WRITING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    private final Path root;
    private final FileStore store;
    private final @Nullable FileChannel lockFile;
    private final Set<OpenOption> options;

    private RealDisk(Path root, FileStore store, @Nullable FileChannel lockFile, Set<OpenOption> options) {
        this.root = root;
        this.store = store;
        this.lockFile = lockFile;
        this.options = options;
    }

    /// Opens a directory, and creates it where it does not exist.
    ///
    /// @throws CannotOpen where it can't be used or somebody else uses it
    public static RealDisk open(Path directory) throws CannotOpen {
        FileChannel file = null;
        try {
            Files.createDirectories(directory);
            file = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(file)) {
                file.close();
                throw inUse(directory);
            }
            return new RealDisk(directory, Files.getFileStore(directory), file, WRITING);
        } catch (CannotOpen e) {
            throw e;
        } catch (IOException e) {
            throw new CannotOpen("the directory %s cannot be used: %s".formatted(directory, e), e);
        }
    }

    /// Opens a directory to read what is in it: files can't be written, and none is created. Nobody else may have it
    /// open, unless it is on something that can't be written.
    ///
    /// @throws CannotOpen where there is no such directory or somebody uses it
    public static RealDisk reading(Path directory) throws CannotOpen {
        if (!Files.isDirectory(directory)) {
            throw new CannotOpen("there is no directory " + directory);
        }
        Path path = directory.resolve(LOCK);
        FileChannel file = null;
        try {
            if (Files.isWritable(path)) {
                file = FileChannel.open(path, StandardOpenOption.WRITE);
                if (!lock(file)) {
                    file.close();
                    throw inUse(directory);
                }
            }
            return new RealDisk(directory, Files.getFileStore(directory), file, READING);
        } catch (CannotOpen e) {
            throw e;
        } catch (IOException e) {
            throw new CannotOpen("the directory %s cannot be read: %s".formatted(directory, e), e);
        }
    }

    private static CannotOpen inUse(Path directory) {
        return new CannotOpen("the directory %s is in use by another process: stop that one, or name another directory"
                .formatted(directory));
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            @Nullable FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    @Override
    public DiskFile open(String path) throws IOException {
        return full(() -> new RealFile(FileChannel.open(root.resolve(path), options)));
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        Path path = root.resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        full(() -> Files.createDirectories(root.resolve(directory)));
    }

    @Override
    public void move(String from, String to) throws IOException {
        full(() -> Files.move(
                root.resolve(from),
                root.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING));
    }

    @Override
    public void delete(String path) throws IOException {
        Files.delete(root.resolve(path));
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        try (FileChannel channel = FileChannel.open(root.resolve(directory), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableSpace() throws IOException {
        return store.getUsableSpace();
    }

    @Override
    public void link(String existing, String path) throws IOException {
        full(() -> Files.createLink(root.resolve(path), root.resolve(existing)));
    }

    @Override
    public void close() throws IOException {
        if (lockFile != null) {
            lockFile.close();
        }
    }

    /// Something done to the disk.
    private interface Action<T> {
        T run() throws IOException;
    }

    /// Tells a full disk from other failures. The JDK has only the system's words for it.
    private static <T> T full(Action<T> action) throws IOException {
        try {
            return action.run();
        } catch (DiskFullException e) {
            throw e;
        } catch (IOException e) {
            String reason = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
            String words = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
            if (words.contains("no space left")
                    || words.contains("quota exceeded")
                    || words.contains("not enough space")) {
                throw new DiskFullException("the disk is full: " + reason, e);
            }
            throw e;
        }
    }

    private record RealFile(FileChannel channel) implements DiskFile {
        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            int count = 0;
            while (into.hasRemaining()) {
                int got = channel.read(into, position + count);
                if (got < 0) {
                    break;
                }
                count += got;
            }
            return count;
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            full(() -> {
                long at = position;
                while (from.hasRemaining()) {
                    at += channel.write(from, at);
                }
                return at;
            });
        }

        @Override
        public void sync() throws IOException {
            full(() -> {
                channel.force(false);
                return channel;
            });
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
