package dev.tidings.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A few seconds say nothing of flatness; that all the parts play together, and that the promises hold.
class SoakTest {
    @Test
    void losesNothingAndLeavesAReport(@TempDir Path out) throws IOException {
        int code = new CommandLine(new Soak())
                .execute("--minutes", "0.1", "--rate", "200", "--heap", "256m", "--out", out.toString());

        assertThat(code).isIn(0, 1);
        assertThat(out.resolve("report.md"))
                .content()
                .contains("No event was lost, no key out of order.")
                .contains("| heap after a full collection, MiB |");
        assertThat(Files.readAllLines(out.resolve("samples.csv"))).hasSizeGreaterThan(3);
        assertThat(out.resolve("live_heap.svg")).content().contains("<polyline");
        assertThat(out.resolve("store")).doesNotExist();
    }
}
