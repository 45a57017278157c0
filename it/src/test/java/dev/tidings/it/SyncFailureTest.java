package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that takes writes and fails to sync them. What it has by then is not known, so the process does not go on.
class SyncFailureTest {
    private static final int STORE_FAILED = 74;

    @TempDir
    private Path directory;

    @Test
    void endsWithACodeOfItsOwnAndStartsAgainWithAllThatWasAcknowledged() throws IOException {
        Path trigger = directory.resolve("now");
        Map<String, String> environment =
                Map.of("LD_PRELOAD", library().toString(), "FAIL_SYNC_WHEN", trigger.toString());
        try (ServerProcess server =
                ServerProcess.with(Shop.CATALOG).inEnvironment(environment).start()) {
            server.client("shop").produce(Shop.order("a")).accepted(1, 0);
            Files.createFile(trigger);

            Reply failed = server.client("shop").produce(Shop.order("b"));

            failed.refused(503, "store-unavailable");
            assertThat(failed.json().path("detail").asString()).contains("unknown");
            assertThat(server.exitCode()).isEqualTo(STORE_FAILED);
            assertThat(server.log()).contains("the store failed");

            Files.delete(trigger);
            server.startAgain();
            Reply retried = server.client("shop").produce(Shop.order("b"), Shop.order("a"));
            assertThat(retried.json().path("accepted").asInt()).isEqualTo(2);
            assertThat(retried.json().path("duplicates").asInt()).isIn(1, 2);
            PolledInstance reader = server.client("desk").poll("");
            assertThat(Json.ids(reader.events(2))).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void stopsABrokerInsideAProgramAndLetsTheProgramGoOn() throws IOException {
        Path trigger = directory.resolve("now");

        Ran ran = Ran.of(List.of(
                "/usr/bin/env",
                "LD_PRELOAD=" + library(),
                "FAIL_SYNC_WHEN=" + trigger,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostProgram.class.getName(),
                directory.resolve("store").toString(),
                trigger.toString()));

        assertThat(ran.output())
                .contains("stopped: ", "acknowledged: false", "again: a")
                .contains("the store failed, nothing more can be acknowledged");
        assertThat(ran.exitCode()).isZero();
    }

    private Path library() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gcc"))
                        && System.getProperty("os.name").equals("Linux"),
                "skipped: needs gcc on Linux, to make the disk's syncs fail");
        Path source = directory.resolve("failing-sync.c");
        try (InputStream resource = SyncFailureTest.class.getResourceAsStream("failing-sync.c")) {
            Files.copy(resource, source);
        }
        Path library = directory.resolve("failing-sync.so");
        Ran compiled = Ran.of(
                List.of("/usr/bin/gcc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl"));
        assertThat(compiled.exitCode()).as(compiled.output()).isZero();
        return library;
    }
}
