package dev.tidings.it.crash;

import dev.tidings.it.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// Does to a directory what a power cut does: of each file that was written and not synced, all that was written is
/// left, or none, or some blocks; of the changes of names that were not synced some are left.
final class PowerCut {
    private final Path data;
    private final Path record;
    private final Random random;
    private int filesChanged;

    /// @param record what `recording-disk.c` has kept of the process that died
    PowerCut(Path data, Path record, Random random) {
        this.data = data;
        this.record = record;
        this.random = random;
    }

    /// Strikes; returns what was lost.
    String strike() throws IOException {
        Path log = record.resolve("log");
        Names names = new Names(Files.readAllLines(log));
        Map<String, String> seen = names.seen();
        Map<String, String> found = names.found(random);
        Map<String, byte[]> contents = contents(seen, found);
        for (String path : new TreeMap<>(seen).descendingKeySet()) {
            Path here = data.resolve(path);
            if (!seen.get(path).equals(Names.DIRECTORY)) {
                Files.deleteIfExists(here);
            } else if (!found.containsKey(path) && Files.exists(here)) {
                Directories.delete(here);
            }
        }
        for (Map.Entry<String, String> name : found.entrySet()) {
            if (!name.getValue().equals(Names.DIRECTORY)) {
                Files.write(data.resolve(name.getKey()), contents.get(name.getValue()));
            }
        }
        Set<String> lost = new HashSet<>(seen.keySet());
        lost.removeAll(found.keySet());
        return "%d files lost bytes, lost names: %s".formatted(filesChanged, lost);
    }

    /// The content that each file is found with, by its number.
    private Map<String, byte[]> contents(Map<String, String> seen, Map<String, String> found) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        for (Map.Entry<String, String> name : seen.entrySet()) {
            if (!name.getValue().equals(Names.DIRECTORY)) {
                byte[] written = Files.readAllBytes(data.resolve(name.getKey()));
                contents.put(name.getValue(), left(synced(name.getValue()), written));
            }
        }
        for (String file : found.values()) {
            if (!file.equals(Names.DIRECTORY) && !contents.containsKey(file)) {
                contents.put(file, synced(file));
            }
        }
        return contents;
    }

    private byte[] synced(String file) throws IOException {
        return Files.readAllBytes(record.resolve(file));
    }

    private byte[] left(byte[] synced, byte[] written) {
        byte[] left = switch (random.nextInt(3)) {
            case 0 -> written;
            case 1 -> synced;
            default -> torn(synced, written);
        };
        filesChanged += Arrays.equals(left, written) ? 0 : 1;
        return left;
    }

    private byte[] torn(byte[] synced, byte[] written) {
        int block = random.nextBoolean() ? 512 : 4096;
        byte[] left = new byte[random.nextBoolean() ? synced.length : written.length];
        for (int at = 0; at < left.length; at += block) {
            byte[] from = random.nextBoolean() ? synced : written;
            int length = Math.min(block, Math.min(left.length, from.length) - at);
            if (length > 0) {
                System.arraycopy(from, at, left, at, length);
            }
        }
        return left;
    }
}
