package dev.tidings.engine.segmented;

import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.dedup.DedupSeal;
import dev.tidings.engine.segmented.format.Packed;
import dev.tidings.engine.segmented.reading.BlockSeal;
import dev.tidings.engine.segmented.segments.IndexSeal;
import dev.tidings.engine.segmented.wal.RingSeal;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Does to the files of a store what the input says.
final class Damage {
    private static final int SEGMENT_HEADER = 1024;
    private static final int MOST = 8;

    private final FaultyDisk disk;
    private final Choices input;

    Damage(FaultyDisk disk, Choices input) {
        this.disk = disk;
        this.input = input;
    }

    /// What stays as it is found.
    void plain() throws IOException {
        for (int i = 0; i < MOST && input.more(); i++) {
            List<String> files = disk.files();
            String path = input.of(files);
            switch (input.below(8)) {
                case 0 -> disk.delete(path);
                case 1 -> disk.move(path, input.of(files));
                case 2 -> write(path, Arrays.copyOf(read(path), input.below(8192)));
                case 3 -> write(path, read(input.of(files)));
                default -> write(path, changed(read(path)));
            }
        }
    }

    /// Changes of contents, after which all checksums hold.
    void sealed() throws IOException {
        for (int i = 0; i < MOST && input.more(); i++) {
            String path = input.of(disk.files());
            byte[] bytes = changed(read(path));
            seal(path, bytes);
            write(path, bytes);
        }
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return input.bytes(64);
        }
        int at = input.below(Math.min(bytes.length, 24 << 10));
        byte[] change = input.bytes(1 + input.below(16));
        System.arraycopy(change, 0, bytes, at, Math.min(change.length, bytes.length - at));
        return bytes;
    }

    private static void seal(String path, byte[] bytes) {
        if (path.equals("format") && bytes.length >= 64) {
            Packed.putInt(bytes, 8, Packed.crc(bytes, 0, 8));
            Packed.putInt(bytes, 12, Packed.crc(bytes, 16, 64));
        } else if (path.startsWith("checkpoint") && bytes.length >= 64) {
            Packed.putInt(bytes, 4, Packed.crc(bytes, 8, 64));
        } else if (path.startsWith("state/")) {
            sealFrames(bytes);
        } else if (path.startsWith("dedup/")) {
            DedupSeal.seal(bytes);
        } else if (path.startsWith("wal/")) {
            RingSeal.seal(bytes);
        } else if (path.endsWith(".seg")) {
            BlockSeal.seal(bytes, SEGMENT_HEADER);
        } else if (path.endsWith(".ix") && bytes.length >= 24) {
            IndexSeal.seal(bytes);
        }
    }

    private static void sealFrames(byte[] bytes) {
        int at = 0;
        while (at <= bytes.length - 16) {
            int length = Packed.intAt(bytes, at + 8);
            if (length <= 0 || length > bytes.length - at - 16) {
                return;
            }
            Packed.putInt(bytes, at + 4, Packed.crc(bytes, at + 16, at + 16 + length));
            at += 16 + length;
        }
    }

    private byte[] read(String path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(ByteBuffer.wrap(bytes), 0);
            return bytes;
        }
    }

    private void write(String path, byte[] bytes) throws IOException {
        try (DiskFile file = disk.open(path)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(bytes), 0);
            file.sync();
        }
    }
}
