package dev.tidings.dist.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.cli.CatalogFile;
import dev.tidings.cli.Terminal;
import dev.tidings.node.Node;
import dev.tidings.node.NodeConfig;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final Terminal terminal =
            new Terminal(InputStream.nullInputStream(), stream, stream, Terminal.Person.NOBODY);

    @Test
    void sendsEveryEarthquakeThroughARealBrokerAndTheSumsAreRight(@TempDir Path directory) throws InterruptedException {
        NodeConfig config = NodeConfig.DEFAULT.with(new NodeConfig.Overrides(directory, null, 0, true));
        String catalog = CatalogFile.inline(DemoData.text("catalog.yaml"), DemoData::text);
        try (Node node = Node.start(config, catalog)) {
            Show show = new Show(terminal, node.address());

            boolean complete = show.play(0);
            show.sayWhatNext();
            show.stop();

            assertThat(complete).isTrue();
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("The week is over. Produced 1714 = accepted 1710 + rejected 4.")
                .contains("map:     consumed 1710 = confirmed 1707 + dead 3.")
                .contains("archive: consumed 1710, confirmed 1710.")
                .contains("rejected  invalid-on-purpose-1: 422 /data/mag")
                .contains("dead      invalid-on-purpose-2: depth 7200.0 km")
                .contains("What to try", "curl -s")
                .doesNotContain("Exception", "\u001b");
    }
}
