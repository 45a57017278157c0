package dev.tidings.engine.segmented.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.engine.segmented.CannotOpen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path backup;

    @Test
    void isReadAsItWasWritten() throws IOException {
        Manifest manifest = new Manifest(NOON, "0.1.0", List.of(new Manifest.Entry("format", 64, 0x71d19657)));

        write(manifest.encoded());

        assertThat(Manifest.read(backup)).isEqualTo(manifest);
    }

    /// Though its checksum holds.
    @ParameterizedTest
    @ValueSource(strings = {"0badcafe -1 format", "0badcafe 64 ", "0badcafe 64", "nothing 64 format"})
    void isRefusedWhereALineDescribesNoFile(String line) throws IOException {
        String text = new String(new Manifest(NOON, "0.1.0", List.of()).encoded(), StandardCharsets.UTF_8);
        String body = text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1) + line + "\n";
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        write((body + "%08x\n".formatted(crc.getValue())).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Manifest.read(backup))
                .isInstanceOf(CannotOpen.class)
                .hasMessageContaining("damaged");
    }

    private void write(byte[] manifest) throws IOException {
        Files.write(backup.resolve(Manifest.FILE), manifest);
    }
}
