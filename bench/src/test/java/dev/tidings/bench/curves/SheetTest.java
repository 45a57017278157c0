package dev.tidings.bench.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetTest {
    private final Sheet sheet = new Sheet(
            Curve.IDLE,
            List.of(
                    Reading.at(0).with(Reading.Quantity.PUBLISH, 5.5).with(Reading.Quantity.LIVE_HEAP, 20),
                    Reading.at(10_000).with(Reading.Quantity.PUBLISH, 5.75)));

    @Test
    void tellsWhatWasMeasuredAndLeavesOpenWhatWasNot() {
        assertThat(sheet.table())
                .contains("| idle WebSockets | publishing, µs/event | heap after a collection, MiB |")
                .contains("| 0 | 5.50 | 20 |")
                .contains("| 10,000 | 5.75 |  |");
    }

    @Test
    void drawsCostAboveMemory(@TempDir Path directory) throws IOException {
        sheet.write(directory);

        assertThat(directory.resolve("idle.svg")).content().containsSubsequence("server CPU, µs/event", "memory, MiB");
        assertThat(directory.resolve("idle.csv")).content().contains("\n10000,5.75,\n");
    }
}
