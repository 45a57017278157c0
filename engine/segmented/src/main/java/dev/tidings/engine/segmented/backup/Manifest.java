package dev.tidings.engine.segmented.backup;

import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.wal.RingFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// What a backup consists of, as a text for people and programs: lines with the format's version, the time, the
/// program that made it, then `checksum length path` for each file, and at the end the checksum of it all.
/// Checksums are CRC32C, eight hexadecimal digits.
///
/// @param created when what was acknowledged by then was in it
/// @param program the version of the program that made it
record Manifest(Instant created, String program, List<Entry> entries) {
    static final String FILE = "manifest";
    private static final String TITLE = "tidings-backup 1";
    private static final String NEWER = "tidings-backup ";
    private static final int HEAD_LINES = 3;

    Manifest {
        entries = List.copyOf(entries);
    }

    /// A file.
    ///
    /// @param crc of its content
    record Entry(String path, long length, int crc) {
        Entry {
            if (path.isEmpty() || length < 0) {
                throw new IllegalArgumentException("no file");
            }
        }

        private String line() {
            return "%08x %d %s".formatted(crc, length, path);
        }

        private static Entry of(String line) {
            String[] words = line.split(" ", 3);
            return new Entry(words[2], Long.parseLong(words[1]), Integer.parseUnsignedInt(words[0], 16));
        }
    }

    /// How much of a store it is, but for the ring, whose files are mostly holes.
    long bytes() {
        return entries.stream()
                .filter(entry -> !entry.path.startsWith(RingFiles.DIRECTORY + "/"))
                .mapToLong(Entry::length)
                .sum();
    }

    byte[] encoded() {
        List<String> lines = new ArrayList<>(List.of(TITLE, "created " + created, "program " + program));
        entries.forEach(entry -> lines.add(entry.line()));
        String text = String.join("\n", lines) + "\n";
        return (text + "%08x\n".formatted(crc(text))).getBytes(StandardCharsets.UTF_8);
    }

    /// Reads the manifest of a backup.
    ///
    /// @throws CannotOpen where there is none, where it is damaged, or where a newer program wrote it
    static Manifest read(Path backup) throws IOException {
        Path file = backup.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new CannotOpen(backup + " is no backup: it has no file '" + FILE + "'");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.startsWith(NEWER) && !text.startsWith(TITLE + "\n")) {
            throw new CannotOpen(file + " is of a newer program: use that");
        }
        try {
            return parsed(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException e) {
            throw new CannotOpen(file + " is damaged: its checksum does not match", e);
        }
    }

    private static Manifest parsed(String text) {
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        String body = text.substring(0, last);
        if (Integer.parseUnsignedInt(text.substring(last).strip(), 16) != crc(body)) {
            throw new IllegalArgumentException("another checksum");
        }
        List<String> lines = body.lines().toList();
        List<Entry> entries =
                lines.subList(HEAD_LINES, lines.size()).stream().map(Entry::of).toList();
        return new Manifest(Instant.parse(value(lines.get(1))), value(lines.get(2)), entries);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    private static int crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return (int) crc.getValue();
    }
}
