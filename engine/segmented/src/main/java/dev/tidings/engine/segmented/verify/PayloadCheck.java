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
import java.util.regex.Pattern;

/// Looks at the files that the broker keeps beside events, each named after its SHA-256.
public final class PayloadCheck {
    /// Where they are.
    public static final String DIRECTORY = "payloads";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+\\.[0-9a-f]{64}");
    private static final int PIECE = 1 << 17;

    private PayloadCheck() {}

    static void of(Disk disk, Predicate<String> wanted, List<Damage> damage) throws IOException {
        for (String path : paths(disk)) {
            if (wanted.test(path) && !holds(disk, path)) {
                damage.add(new Damage(path, 0, "the file has not the SHA-256 that it is named after"));
            }
        }
    }

    /// The paths of all that there are.
    public static List<String> paths(Disk disk) throws IOException {
        return disk.list(DIRECTORY).stream()
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> DIRECTORY + "/" + name)
                .toList();
    }

    /// Whether a file has what it is named after.
    public static boolean holds(Disk disk, String path) throws IOException {
        return path.endsWith("." + digest(disk, path));
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
