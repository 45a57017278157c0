package dev.tidings.engine.segmented.backup;

import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.RealDisk;
import dev.tidings.engine.segmented.recovery.StoreFormat;
import dev.tidings.engine.segmented.verify.Findings;
import dev.tidings.engine.segmented.verify.Findings.Damage;
import dev.tidings.engine.segmented.verify.Verification;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Makes a store of a backup. All files are copied, so the backup stays what it is, and each is held against its
/// checksum; then the store is verified. Only then does it take its name.
public final class Restore {
    private static final String UNFINISHED = ".unfinished";

    private final Path backup;
    private final Manifest manifest;

    private Restore(Path backup, Manifest manifest) {
        this.backup = backup;
        this.manifest = manifest;
    }

    /// What came of it.
    ///
    /// @param created  when the backup was made
    /// @param findings about the new store; where there is damage, there is no new store
    public record Restored(Instant created, Findings findings) {}

    /// Makes a store of a backup.
    ///
    /// @param to a directory that does not exist or is empty
    /// @throws CannotOpen where there is no backup, or its manifest does not hold, or the directory is not empty
    public static Restored restore(Path backup, Path to) throws IOException {
        Manifest manifest = Manifest.read(backup);
        requireEmpty(to);
        Path absolute = to.toAbsolutePath().normalize();
        Path unfinished = absolute.resolveSibling(absolute.getFileName() + UNFINISHED);
        if (Files.exists(unfinished)) {
            Backups.delete(unfinished);
        }
        Restore restore = new Restore(backup, manifest);
        Findings findings = restore.into(unfinished);
        if (findings.damage().isEmpty()) {
            Files.deleteIfExists(absolute);
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE);
            Copying.sync(Objects.requireNonNull(absolute.getParent()));
        } else {
            Backups.delete(unfinished);
        }
        return new Restored(manifest.created(), findings);
    }

    private static void requireEmpty(Path to) throws IOException {
        if (!Files.exists(to)) {
            return;
        }
        if (!Files.isDirectory(to)) {
            throw new CannotOpen(to + " is no directory");
        }
        try (Stream<Path> inside = Files.list(to)) {
            if (inside.findAny().isPresent()) {
                throw new CannotOpen("the directory " + to + " is not empty: name another one, or move it away");
            }
        }
    }

    private Findings into(Path target) throws IOException {
        List<Damage> damage = new ArrayList<>();
        Set<Path> directories = new HashSet<>();
        for (String directory : StoreFormat.DIRECTORIES) {
            Files.createDirectories(target.resolve(directory));
        }
        for (Manifest.Entry entry : manifest.entries()) {
            Path to = target.resolve(entry.path()).normalize();
            if (!to.startsWith(target)) {
                throw new CannotOpen("the manifest names a file outside of the backup: " + entry.path());
            }
            Path parent = Objects.requireNonNull(to.getParent());
            Files.createDirectories(parent);
            directories.add(parent);
            copy(entry, to, damage);
        }
        for (Path directory : directories) {
            Copying.sync(directory);
        }
        if (!damage.isEmpty()) {
            return new Findings(damage, List.of(), Findings.Content.NONE);
        }
        try (RealDisk disk = RealDisk.reading(target)) {
            return Verification.of(disk);
        }
    }

    private void copy(Manifest.Entry entry, Path to, List<Damage> damage) throws IOException {
        try {
            if (Copying.dense(backup.resolve(entry.path()), to, entry.length()) != entry.crc()) {
                damage.add(new Damage(entry.path(), 0, "the checksum of the file does not match"));
            }
        } catch (NoSuchFileException _) {
            damage.add(new Damage(entry.path(), 0, "the file is missing"));
        } catch (EOFException shorter) {
            damage.add(new Damage(entry.path(), 0, String.valueOf(shorter.getMessage())));
        }
    }
}
