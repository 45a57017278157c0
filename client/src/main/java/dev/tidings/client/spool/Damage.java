package dev.tidings.client.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what can no longer be read, and keeps its file beside the others, for whoever looks into it.
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private Damage() {}

    /// Of bytes in the midst of events.
    ///
    /// @param lost how much cannot be read, in words
    static void report(Place place, Path file, String lost) {
        LOG.error(
                "{} is damaged at offset {}: {} from there on cannot be sent; {}",
                file,
                place.offset(),
                lost,
                kept(file));
    }

    private static String kept(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return "the file is kept as " + aside;
        } catch (IOException failed) {
            return "the file could not be kept: " + failed;
        }
    }
}
