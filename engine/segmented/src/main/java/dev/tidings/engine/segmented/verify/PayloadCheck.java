package dev.tidings.engine.segmented.verify;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.disk.DiskFile;
import dev.tidings.engine.segmented.verify.Findings.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks at the files that the broker keeps beside events, each named after its SHA-256.
final class PayloadCheck {
    private static final String DIRECTORY = "payloads";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+\\.([0-9a-f]{64})");
    private static final int PIECE = 1 << 17;

    private PayloadCheck() {}

    static void of(Disk disk, Predicate<String> wanted, List<Damage> damage) throws IOException {
        for (String name : disk.list(DIRECTORY)) {
            String path = DIRECTORY + "/" + name;
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches() && wanted.test(path) && !digest(disk, path).equals(matcher.group(1))) {
                damage.add(new Damage(path, 0, "the file has not the SHA-256 that it is named after"));
            }
        }
    }

    private static String digest(Disk disk, String path) throws IOException {
        try (DiskFile file = disk.open(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            long at = 0;
            for (int read = file.read(piece, at); read > 0; read = file.read(piece, at)) {
                digest.update(piece.flip());
                piece.clear();
                at += read;
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
