package dev.tidings.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhatIsMissingAndTouchesNothing() {
        Path store = directory.resolve("store");

        assertThatThrownBy(() -> Tidings.embedded(store).open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dev.tidings:tidings-embedded");

        assertThat(store).doesNotExist();
    }

    @Test
    void refusesACatalogThatIsNotThere() {
        assertThatThrownBy(() -> Tidings.embedded(directory).catalog(directory.resolve("catalog.yaml")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("catalog.yaml");
    }
}
