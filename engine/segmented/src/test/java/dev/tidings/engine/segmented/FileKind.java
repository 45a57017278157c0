package dev.tidings.engine.segmented;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The files of a store.
enum FileKind {
    FORMAT("format"),
    SLOT("checkpoint-[ab]"),
    RING("wal/wal-\\d+"),
    SNAPSHOT("state/snapshot-\\d+"),
    DEDUPLICATION("dedup/\\d+"),
    SEALED_SEGMENT("streams/.*\\.seg"),
    GROWING_SEGMENT("streams/.*\\.seg"),
    INDEX("streams/.*\\.ix"),
    RESERVE("reserve");

    private static final int SOME = 3;

    private final Pattern pattern;

    FileKind(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    List<String> all(List<String> files) {
        return files.stream()
                .filter(path -> pattern.matcher(path).matches())
                .filter(path -> this != SEALED_SEGMENT || files.contains(index(path)))
                .filter(path -> this != GROWING_SEGMENT || !files.contains(index(path)))
                .toList();
    }

    /// At most three of them, the first and the last among them.
    List<String> some(List<String> files) {
        List<String> all = all(files);
        TreeSet<String> some = new TreeSet<>();
        for (int i = 0; i < SOME && !all.isEmpty(); i++) {
            some.add(all.get(i * (all.size() - 1) / (SOME - 1)));
        }
        return List.copyOf(some);
    }

    private static String index(String segment) {
        return segment.substring(0, segment.length() - ".seg".length()) + ".ix";
    }
}
