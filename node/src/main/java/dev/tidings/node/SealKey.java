package dev.tidings.node;

import dev.tidings.broker.subscriptions.Seal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key that seals secrets in the store. It is beside the store, not in it: neither the store nor a backup of it
/// tells a secret.
final class SealKey {
    private static final Logger LOG = LoggerFactory.getLogger(SealKey.class);
    private static final String NAME = "secrets.key";
    private static final int LONGEST = 1_000;

    private SealKey() {}

    /// Reads the key; makes one where none is configured and there is none. A [CannotStart] says what is wrong with it.
    static byte[] of(NodeConfig config, SecureRandom random) {
        Path configured = config.secrets().keyFile();
        Path file = configured == null ? config.data().resolve(NAME) : configured;
        try {
            if (configured == null) {
                makeWhereThereIsNone(file, random);
            }
            return read(file);
        } catch (NoSuchFileException _) {
            throw new CannotStart("there is no key in " + file
                    + ", where secrets.key-file says it is; 'openssl rand -base64 32' makes one");
        } catch (IOException e) {
            throw new CannotStart("the key in " + file + " cannot be read or made", e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) <= LONGEST) {
            try {
                byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
                if (key.length == Seal.KEY_BYTES) {
                    return key;
                }
            } catch (IllegalArgumentException _) {
                // told below
            }
        }
        throw new CannotStart("expected 32 bytes in base64 in " + file + ", as 'openssl rand -base64 32' makes them");
    }

    /// Whole or not at all: a key that was written by half would be taken for one that is damaged.
    private static void makeWhereThereIsNone(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path made = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(made);
        Files.createFile(made, readableByNobodyElse());
        Files.writeString(made, Base64.getEncoder().encodeToString(Seal.newKey(random)) + "\n");
        try {
            Files.move(made, file);
            LOG.info("made a key to seal secrets with: {}; keep a copy of it, a backup of the store has none", file);
        } catch (FileAlreadyExistsException _) {
            Files.delete(made);
        }
    }

    private static FileAttribute<?>[] readableByNobodyElse() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
