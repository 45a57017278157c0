package dev.tidings.broker.payloads;

import dev.tidings.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, which every Java has.
final class Sha256 {
    private static final int PIECE = 1 << 17;

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The end of a digest: 64 lower-case hexadecimal digits.
    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// That of the whole of a file.
    static String of(DiskFile file) throws IOException {
        MessageDigest digest = digest();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long at = 0;
        for (int read = file.read(piece, at); read > 0; read = file.read(piece, at)) {
            digest.update(piece.flip());
            piece.clear();
            at += read;
        }
        return hex(digest);
    }
}
