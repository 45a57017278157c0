package dev.tidings.engine.segmented.backup;

import dev.tidings.engine.segmented.CannotOpen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The backup before the one being made, of which it takes over what has not changed.
///
/// @param directory null: there is none
record Predecessor(@Nullable Path directory, Map<String, Manifest.Entry> entries) {
    private static final int END = 1 << 16;

    static Predecessor newestIn(Path backups) throws IOException {
        List<String> names = Backups.names(backups);
        if (names.isEmpty()) {
            return new Predecessor(null, Map.of());
        }
        Path newest = backups.resolve(names.getLast());
        Map<String, Manifest.Entry> entries = new HashMap<>();
        try {
            Manifest.read(newest).entries().forEach(entry -> entries.put(entry.path(), entry));
        } catch (CannotOpen _) {
            return new Predecessor(null, Map.of());
        }
        return new Predecessor(newest, entries);
    }

    /// The file of this backup that has the content of a constant file of the store, or null. A store that went on
    /// from a backup may have another file of the same name and length; but an event has in it when it was
    /// accepted, so such files begin or end differently.
    @Nullable
    Path same(Image.Part part, Path file) throws IOException {
        Manifest.Entry entry = entries.get(part.path());
        if (directory == null || entry == null || entry.length() != part.length()) {
            return null;
        }
        Path mine = directory.resolve(part.path());
        if (!Files.isRegularFile(mine) || Files.size(mine) != part.length()) {
            return null;
        }
        return Files.isSameFile(mine, file) || Copying.sameEnds(mine, file, END) ? mine : null;
    }

    int crc(String path) {
        return Objects.requireNonNull(entries.get(path)).crc();
    }
}
