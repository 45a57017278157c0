package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Payloads and processes: their memory, and their end.
class LargePayloadTest {
    private static final String STORE = "/ce/payloads?type=" + Shop.PLACED;
    private static final long SIZE = 256L << 20;
    private static final long ROOM = 64L << 20;

    @TempDir
    private Path directory;

    @Test
    void goesUpAndDownByCurlWithoutBeingInMemory() throws IOException {
        assumeThat(Ran.of(List.of("curl", "--version")).exitCode()).isZero();
        Path large = large();
        Path got = directory.resolve("got");
        try (ServerProcess server = ServerProcess.with(Shop.CATALOG).start()) {
            String base = server.client("shop").base();
            long before = server.residentMemory();

            Ran up = curl("-T", large.toString(), base + STORE);
            String reference = up.output().replaceAll("(?s).*\"dataref\":\"([^\"]+)\".*", "$1");
            Ran down = curl("-o", got.toString(), reference);

            assertThat(down.exitCode()).as(up.output() + down.output()).isZero();
            assertThat(Files.mismatch(large, got)).isEqualTo(-1);
            assertThat(server.liveHeap()).isLessThan(ROOM);
            assertThat(server.residentMemory() - before).isLessThan(SIZE / 2);
        }
    }

    @Test
    void goesOnWhereItWasWhenTheProcessWasKilled() throws IOException {
        try (ServerProcess server = ServerProcess.with(Shop.CATALOG).start()) {
            String path = server.client("shop")
                    .send(Call.post(STORE).header("Upload-Length", "6"))
                    .expect(201)
                    .header("Location")
                    .replaceFirst("^http://[^/]+", "");
            server.client("shop")
                    .send(Call.of("PATCH", path).header("Upload-Offset", "0").body("a s"))
                    .expect(200);

            server.kill();
            leaveBehind(server.data());
            server.startAgain();
            Client shop = server.client("shop");
            assertThat(shop.send(Call.of("HEAD", path)).expect(200).header("Upload-Offset"))
                    .isEqualTo("3");
            Reply rest = shop.send(
                            Call.of("PATCH", path).header("Upload-Offset", "3").body("can"))
                    .expect(201);

            assertThat(shop.get(rest.header("Location")).expect(200).text()).isEqualTo("a scan");
            assertThat(shop.metric("tidings_payloads_damaged")).isZero();
            assertThat(filesIn(server.data())).hasSize(1);
        }
    }

    /// As if it had been killed while it received.
    private static void leaveBehind(Path data) throws IOException {
        Path uploads = data.resolve("payloads/uploads");
        Files.writeString(uploads.resolve("x".repeat(32)), "half a");
        try (Stream<Path> all = Files.list(uploads)) {
            for (Path file : all.filter(path -> !path.endsWith("x".repeat(32))).toList()) {
                Files.writeString(file, "a s, and what was not durable yet");
            }
        }
    }

    private static List<Path> filesIn(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("payloads"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private Path large() throws IOException {
        Path file = directory.resolve("large");
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(SIZE);
            for (long at = 0; at < SIZE; at += SIZE / 64) {
                content.seek(at);
                content.writeLong(at);
            }
        }
        return file;
    }

    private static Ran curl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-H", "Authorization: Bearer shop"));
        command.addAll(List.of(arguments));
        return Ran.of(command);
    }
}
