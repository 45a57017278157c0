package dev.tidings.engine.segmented.backup;

import dev.tidings.engine.segmented.wal.RingFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Writes one backup: constant files under a second name where that is possible (of the backup before, or of the store
/// itself), everything else as a copy.
final class BackupWriter {
    private final Path store;
    private final Path target;
    private final Predecessor before;
    private final List<Manifest.Entry> entries = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<Path> directories = new HashSet<>();
    private long copied;

    BackupWriter(Path store, Path target, Predecessor before) {
        this.store = store;
        this.target = target;
        this.before = before;
    }

    void write(Image image) throws IOException {
        directory(target);
        for (Image.Part part : image.parts()) {
            Path to = target.resolve(part.path());
            directory(Objects.requireNonNull(to.getParent()));
            int crc = write(part, store.resolve(part.file()), to);
            entries.add(new Manifest.Entry(part.path(), part.length(), crc));
        }
    }

    private int write(Image.Part part, Path from, Path to) throws IOException {
        if (!part.constant()) {
            copied += part.path().startsWith(RingFiles.DIRECTORY) ? 0 : part.length();
            return Copying.sparse(from, to, part.length());
        }
        Path same = before.same(part, from);
        if (same != null && links(to, same)) {
            taken.add(part.path());
            return before.crc(part.path());
        }
        if (links(to, from)) {
            return Copying.checksum(to, part.length());
        }
        copied += part.length();
        return Copying.sparse(from, to, part.length());
    }

    /// Gives a file a second name. Not possible across disks, and not everywhere.
    private static boolean links(Path name, Path existing) throws IOException {
        try {
            Files.createLink(name, existing);
            return true;
        } catch (UnsupportedOperationException | FileSystemException _) {
            Files.deleteIfExists(name);
            return false;
        }
    }

    private void directory(Path path) throws IOException {
        if (directories.add(path)) {
            Files.createDirectories(path);
        }
    }

    /// Writes the manifest, and makes all names durable.
    void finish(Manifest manifest) throws IOException {
        try (FileChannel file = FileChannel.open(
                target.resolve(Manifest.FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(manifest.encoded());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        for (Path path : directories) {
            Copying.sync(path);
        }
    }

    List<Manifest.Entry> entries() {
        return entries;
    }

    /// The files that are those of the backup before, in which they were looked at.
    Set<String> taken() {
        return taken;
    }

    /// How many bytes are neither those of the backup before nor of the store, but for the ring.
    long copied() {
        return copied;
    }
}
