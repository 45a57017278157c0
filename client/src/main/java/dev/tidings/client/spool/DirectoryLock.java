package dev.tidings.client.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps everybody else out of a directory.
///
/// By two files: on POSIX systems a process loses its lock on a file as soon as it closes that file anywhere. Whoever
/// of this JVM comes second fails at the first file, by the JVM's own book of locks, and never touches the second,
/// whose lock keeps other processes out.
final class DirectoryLock implements AutoCloseable {
    private final FileChannel jvm;
    private final FileChannel machine;

    private DirectoryLock(FileChannel jvm, FileChannel machine) {
        this.jvm = jvm;
        this.machine = machine;
    }

    /// @throws IOException where somebody has it
    static DirectoryLock of(Path directory) throws IOException {
        FileChannel jvm = locked(directory.resolve("lock.jvm"));
        try {
            return new DirectoryLock(jvm, locked(directory.resolve("lock")));
        } catch (IOException | RuntimeException taken) {
            jvm.close();
            throw taken;
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(file)) {
                return file;
            }
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
        file.close();
        throw new IOException("another bus has it; give each bus a directory of its own");
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            @Nullable FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException taken) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        machine.close();
        jvm.close();
    }
}
