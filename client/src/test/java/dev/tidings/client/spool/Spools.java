package dev.tidings.client.spool;

import dev.tidings.model.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Spools whose files hold a few events.
final class Spools {
    static final int SEGMENT = 150;

    /// Of how many places in a file one is tried.
    static final int STRIDE = Integer.getInteger("tidings.spool.stride", 3);

    private static final int ALL = 1_000_000;

    private Spools() {}

    static Spool open(Path directory) throws IOException {
        return Spool.open(config(directory));
    }

    static SpoolConfig config(Path directory) {
        return new SpoolConfig(directory, SEGMENT, file -> new RandomAccessFile(file, "rw"));
    }

    /// Twenty bytes of text that tells its number.
    static String event(int number) {
        return "%06d-abcdefghijklm".formatted(number);
    }

    static void append(Spool spool, String event) throws IOException {
        spool.append(Bytes.utf8(event));
    }

    /// All that is not settled, and stays unsettled.
    static List<String> read(Spool spool) throws IOException {
        return read(spool, ALL);
    }

    static List<String> read(Spool spool, int most) throws IOException {
        List<String> events = new ArrayList<>();
        for (Bytes event : spool.read(most, Integer.MAX_VALUE)) {
            events.add(event.toUtf8());
        }
        return events;
    }

    static List<String> events(int from, int to) {
        List<String> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(event(i));
        }
        return events;
    }
}
