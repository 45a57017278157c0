package dev.tidings.engine.segmented.salvage;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.verify.PayloadCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Takes along the files that the broker keeps beside events, in so far as they hold. Durable when it returns.
final class PayloadSalvage {
    private static final int PIECE = 1 << 17;

    private PayloadSalvage() {}

    static void copy(Disk damaged, Disk fresh, Consumer<String> notes) throws IOException {
        fresh.createDirectory(PayloadCheck.DIRECTORY);
        for (String path : PayloadCheck.paths(damaged)) {
            if (PayloadCheck.holds(damaged, path)) {
                copy(damaged, fresh, path);
            } else {
                notes.accept(path + " has not the SHA-256 that it is named after, and is left out");
            }
        }
        fresh.syncDirectory(PayloadCheck.DIRECTORY);
        fresh.syncDirectory("");
    }

    private static void copy(Disk damaged, Disk fresh, String path) throws IOException {
        try (DiskFile from = damaged.open(path);
                DiskFile to = fresh.open(path)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            long at = 0;
            for (int read = from.read(piece, at); read > 0; read = from.read(piece, at)) {
                to.write(piece.flip(), at);
                piece.clear();
                at += read;
            }
            to.sync();
        }
    }
}
