package dev.tidings.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private final Path root = root();
    private final ConfigurationPage page = new ConfigurationPage(root);

    /// Run with `-Dtidings.docs=write` to write the page anew.
    @Test
    void isWhatTheRecordsSay() throws IOException {
        Path file = root.resolve("docs/guide/configuration.md");
        String expected = page.of(NodeConfig.DEFAULT);

        if ("write".equals(System.getProperty("tidings.docs"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }

        assertThat(file)
                .as("stale: ./mvnw -pl dist -am test -Dtest='ConfigurationPageTest' -Dtidings.docs=write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(expected);
    }

    @Test
    void explainsEveryKey() {
        page.of(NodeConfig.DEFAULT);

        assertThat(page.undocumented()).as("components without @param").isEmpty();
    }

    @Test
    void givesEachKeyAVariableOfItsOwn() {
        Set<String> variables =
                Key.leaves(NodeConfig.DEFAULT).stream().map(Key::variable).collect(Collectors.toSet());

        assertThat(variables).hasSameSizeAs(Key.leaves(NodeConfig.DEFAULT));
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
