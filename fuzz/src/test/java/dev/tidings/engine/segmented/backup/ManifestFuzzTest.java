package dev.tidings.engine.segmented.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.engine.segmented.CannotOpen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// A backup lies on whatever disk, and its manifest is a text that anybody may have written.
class ManifestFuzzTest {
    private static final Path BACKUP = directory();
    private static final byte[] HEAD = "tidings-backup 1\n".getBytes(StandardCharsets.UTF_8);

    @FuzzTest
    void isReadOrSaysThatItIsDamaged(byte[] text) throws IOException {
        read(text);
        read(sealed(text));
    }

    private static void read(byte[] text) throws IOException {
        Files.write(BACKUP.resolve(Manifest.FILE), text);
        try {
            Manifest manifest = Manifest.read(BACKUP);
            assertThat(manifest.bytes()).isNotNegative();
            assertThat(manifest.entries())
                    .allMatch(entry -> entry.length() >= 0 && !entry.path().isEmpty());
            Files.write(BACKUP.resolve(Manifest.FILE), manifest.encoded());
            assertThat(Manifest.read(BACKUP)).isEqualTo(manifest);
        } catch (CannotOpen reason) {
            assertThat(reason.getMessage()).doesNotContain("\n");
        }
    }

    private static byte[] sealed(byte[] text) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        sealed.writeBytes(HEAD);
        sealed.writeBytes(text);
        sealed.write('\n');
        CRC32C crc = new CRC32C();
        crc.update(sealed.toByteArray());
        sealed.writeBytes("%08x\n".formatted(crc.getValue()).getBytes(StandardCharsets.UTF_8));
        return sealed.toByteArray();
    }

    private static Path directory() {
        try {
            Path directory = Files.createTempDirectory("manifest");
            for (Path left : Arrays.asList(directory.resolve(Manifest.FILE), directory)) {
                left.toFile().deleteOnExit();
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
