package dev.tidings.engine.segmented.backup;

import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.RealDisk;
import dev.tidings.engine.segmented.SegmentedEngine;
import dev.tidings.engine.segmented.verify.Findings;
import dev.tidings.engine.segmented.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The backups of a store, each a directory of its own, named after its time in UTC, that holds a whole store. What has
/// not changed since is one file with many names, so a backup costs no more than what is new in it, and any of them may
/// be deleted.
public final class Backups {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH-mm-ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String UNFINISHED = ".unfinished";
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

    private final Path store;
    private final Path directory;

    /// @param store     the directory of the running store
    /// @param directory where the backups are; on another disk, if they are to survive this one
    public Backups(Path store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    /// A backup that is going to be made.
    public record Begun(String name, Instant at) {}

    /// A finished backup.
    ///
    /// @param bytes  of all its files but the ring's
    /// @param copied how many of those it shares neither with an earlier one nor with the store
    public record Made(String name, int files, long bytes, long copied) {}

    /// A finished backup that is there.
    public record Listed(String name, int files, long bytes) {}

    /// The backup of that time, which [#make] makes.
    public Begun begin(Instant now) {
        return new Begun(NAME.format(now), now);
    }

    /// Makes a backup of the running store: all that was acknowledged before is in it. Reads back what is new in
    /// it, and looks whether it holds. One at a time.
    ///
    /// @param companions other files that belong to the store and never change; asked for behind the engine's
    /// @throws CannotOpen where what was copied does not hold: then there is no backup, and the message says what
    public synchronized Made make(
            SegmentedEngine engine, Begun begun, String program, Supplier<List<Image.Part>> companions)
            throws IOException {
        Files.createDirectories(directory);
        removeUnfinished();
        String name = begun.name;
        Path finished = directory.resolve(name);
        if (Files.exists(finished)) {
            throw new CannotOpen("there is a backup " + finished + " already");
        }
        Path unfinished = directory.resolve(name + UNFINISHED);
        Predecessor before = Predecessor.newestIn(directory);
        BackupWriter writer = new BackupWriter(store, unfinished, before);
        try {
            writer.write(engine.image());
            writer.write(new Image(companions.get()));
        } finally {
            engine.removeImage();
        }
        Manifest manifest = new Manifest(begun.at, program, writer.entries());
        verify(unfinished, writer);
        writer.finish(manifest);
        Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
        Copying.sync(directory);
        return new Made(name, manifest.entries().size(), manifest.bytes(), writer.copied());
    }

    /// The backups there are, oldest first. One whose manifest is damaged is none.
    public List<Listed> list() throws IOException {
        List<Listed> listed = new ArrayList<>();
        for (String name : names(directory)) {
            try {
                Manifest manifest = Manifest.read(directory.resolve(name));
                listed.add(new Listed(name, manifest.entries().size(), manifest.bytes()));
            } catch (CannotOpen damaged) {
                LOG.warn("a backup that cannot be used: {}", damaged.getMessage());
            }
        }
        return listed;
    }

    static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> Files.isRegularFile(path.resolve(Manifest.FILE)))
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> !name.endsWith(UNFINISHED))
                    .sorted()
                    .toList();
        }
    }

    private static void verify(Path unfinished, BackupWriter writer) throws IOException {
        try (RealDisk disk = RealDisk.reading(unfinished)) {
            Findings findings = Verification.of(disk, path -> !writer.taken().contains(path));
            if (!findings.damage().isEmpty()) {
                throw new CannotOpen("the store is damaged in %d places, so there is no backup; the first: %s"
                        .formatted(findings.damage().size(), findings.damage().getFirst()));
            }
        }
    }

    /// What an attempt left behind that was cut short.
    private void removeUnfinished() throws IOException {
        List<Path> left = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(path -> String.valueOf(path.getFileName()).endsWith(UNFINISHED))
                    .forEach(left::add);
        }
        for (Path path : left) {
            delete(path);
        }
    }

    static void delete(Path tree) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(tree)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
