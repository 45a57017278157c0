package dev.tidings.dist.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/// Where the demo keeps its store.
///
/// @param temporary whether it is removed in the end
record Scratch(Path directory, boolean temporary) {
    void remove() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(Scratch.class).warn("{} could not be removed: {}", directory, e.toString());
        }
    }
}
