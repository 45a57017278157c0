package dev.tidings.wire;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the public test suites that may lie beside the repository.
final class Vectors {
    private Vectors() {}

    /// The directory `../shared/vectors/<name>`, seen from a directory above. The test is skipped where it is absent.
    static Path find(String name) {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null
                && !Files.isDirectory(directory.resolve("shared/vectors").resolve(name))) {
            directory = directory.getParent();
        }
        assumeThat(directory)
                .as("needs shared/vectors/" + name + " beside the repository")
                .isNotNull();
        return directory.resolve("shared/vectors").resolve(name);
    }
}
