package dev.tidings.client.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What may become of a spool's directory.
final class Directories {
    private Directories() {}

    /// As another process would find it, were this one killed now.
    static Path copy(Path directory, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : segments(directory)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
        Files.copy(directory.resolve("settled"), to.resolve("settled"));
        return to;
    }

    /// Whose name ends so, sorted.
    static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> segments(Path directory) throws IOException {
        return files(directory, ".events");
    }

    static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int was = bytes.read();
            bytes.seek(offset);
            bytes.write(was ^ 0x10);
        }
    }

    static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(size);
        }
    }
}
