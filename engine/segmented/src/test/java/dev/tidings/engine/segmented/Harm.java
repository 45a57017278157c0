package dev.tidings.engine.segmented;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.wal.RingSearch;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/// What can be done to a file behind the back of its store.
enum Harm {
    FLIP_AT_THE_BEGINNING,
    FLIP_IN_THE_MIDDLE,
    FLIP_AT_THE_END,
    TRUNCATED,
    EMPTIED,
    REMOVED,
    OLDER_COPY,
    GARBAGE_BEHIND;

    private static final int EDGE = 64;

    /// The file it is done to, of a store that has lived.
    record Victim(String path, FileKind kind, WornStore of) {}

    boolean isAFlip() {
        return this == FLIP_AT_THE_BEGINNING || this == FLIP_IN_THE_MIDDLE || this == FLIP_AT_THE_END;
    }

    /// Does it, durably; returns what exactly.
    String doTo(FaultyDisk disk, Victim victim, Random random) throws IOException {
        String path = victim.path;
        byte[] bytes = WornStore.bytes(disk, path);
        return switch (this) {
            case FLIP_AT_THE_BEGINNING -> flip(disk, path, random.nextInt(0, Math.clamp(bytes.length, 1, EDGE)));
            case FLIP_IN_THE_MIDDLE -> flip(disk, path, random.nextInt(Math.max(1, bytes.length)));
            case FLIP_AT_THE_END ->
                flip(disk, path, Math.max(0, bytes.length - 1 - random.nextInt(0, Math.clamp(bytes.length, 1, EDGE))));
            case TRUNCATED -> cut(disk, path, random.nextInt(Math.max(1, bytes.length)));
            case EMPTIED -> cut(disk, path, 0);
            case REMOVED -> remove(disk, path);
            case OLDER_COPY -> replace(disk, path, older(disk, victim, bytes));
            case GARBAGE_BEHIND -> extend(disk, path, bytes.length, random);
        };
    }

    private static String flip(FaultyDisk disk, String path, long position) throws IOException {
        RingSearch.Place last = RingSearch.records(disk).getLast();
        boolean inTheLast =
                path.equals(last.file()) && position >= last.offset() && position < last.offset() + last.length();
        if (inTheLast) {
            return "spared: of the last record, damage cannot be told from a torn write";
        }
        disk.flipBit(path, position);
        return "a bit of byte " + position + " flipped";
    }

    private static String cut(FaultyDisk disk, String path, long size) throws IOException {
        try (DiskFile file = disk.open(path)) {
            file.truncate(size);
            file.sync();
        }
        return "cut to " + size + " bytes";
    }

    private static String remove(FaultyDisk disk, String path) throws IOException {
        disk.delete(path);
        int slash = path.lastIndexOf('/');
        disk.syncDirectory(slash < 0 ? "" : path.substring(0, slash));
        return "removed";
    }

    static String replace(FaultyDisk disk, String path, byte[] bytes) throws IOException {
        try (DiskFile file = disk.open(path)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(bytes), 0);
            file.sync();
        }
        return "replaced by " + bytes.length + " older bytes";
    }

    private static String extend(FaultyDisk disk, String path, long size, Random random) throws IOException {
        byte[] garbage = new byte[1 + random.nextInt(10_000)];
        random.nextBytes(garbage);
        try (DiskFile file = disk.open(path)) {
            file.write(ByteBuffer.wrap(garbage), size);
            file.sync();
        }
        return garbage.length + " bytes of garbage behind it";
    }

    /// What the file was in the middle of the store's life. A file that was not there then, or the same, is replaced by
    /// another of its kind, but for those of deduplication.
    private static byte[] older(FaultyDisk disk, Victim victim, byte[] now) throws IOException {
        byte[] earlier = victim.of.earlier.getOrDefault(victim.path, now);
        if (!Arrays.equals(earlier, now) || victim.kind == FileKind.DEDUPLICATION) {
            return earlier;
        }
        byte[] other = now;
        for (String path : victim.kind.all(disk.files())) {
            other = path.equals(victim.path) ? other : WornStore.bytes(disk, path);
        }
        return other;
    }
}
