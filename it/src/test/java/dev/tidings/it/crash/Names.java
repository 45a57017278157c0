package dev.tidings.it.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// The names in a directory tree as a log of their changes tells them: as they are seen, and as they would be
/// found after a power cut.
final class Names {
    /// What a directory is instead of the number of a file.
    static final String DIRECTORY = "directory";

    private final Map<String, String> seen = new TreeMap<>();
    private final Map<String, String> durable = new TreeMap<>();
    private final List<String[]> pending = new ArrayList<>();

    Names(List<String> log) {
        for (String line : log) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "have" -> {
                    seen.put(words[2], words[1]);
                    durable.put(words[2], words[1]);
                }
                case "sync" -> settle(words[1]);
                default -> {
                    apply(words, seen);
                    pending.add(words);
                }
            }
        }
    }

    /// What the process saw: number of a file, or [#DIRECTORY], by path.
    Map<String, String> seen() {
        return seen;
    }

    /// What is found: of the changes that were not synced all are left, the first few, any, or none.
    Map<String, String> found(Random random) {
        Map<String, String> found = new TreeMap<>(durable);
        int way = random.nextInt(4);
        int first = random.nextInt(pending.size() + 1);
        for (int i = 0; i < pending.size(); i++) {
            boolean left = way == 0 || way == 1 && i < first || way == 2 && random.nextBoolean();
            if (left) {
                apply(pending.get(i), found);
            }
        }
        found.keySet().removeIf(path -> isLost(parent(path), found));
        return found;
    }

    /// Whether a directory was made and its making was not left.
    private boolean isLost(String directory, Map<String, String> found) {
        return !directory.isEmpty()
                && (DIRECTORY.equals(seen.get(directory)) && !found.containsKey(directory)
                        || isLost(parent(directory), found));
    }

    private void settle(String directory) {
        pending.removeIf(change -> {
            boolean here = parent(change[change.length - 1]).equals(directory);
            if (here) {
                apply(change, durable);
            }
            return here;
        });
    }

    /// A change of what is not there changes nothing: what made it was lost.
    private static void apply(String[] change, Map<String, String> names) {
        switch (change[0]) {
            case "create" -> names.put(change[2], change[1]);
            case "mkdir" -> names.put(change[1], DIRECTORY);
            case "unlink" -> names.remove(change[1]);
            case "link" -> {
                if (names.containsKey(change[1])) {
                    names.put(change[2], names.get(change[1]));
                }
            }
            case "move" -> {
                String moved = names.remove(change[1]);
                if (moved != null) {
                    names.put(change[2], moved);
                }
            }
            default -> throw new IllegalArgumentException("an unknown change: " + String.join(" ", change));
        }
    }

    private static String parent(String path) {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }
}
