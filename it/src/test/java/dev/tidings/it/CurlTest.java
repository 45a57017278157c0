package dev.tidings.it;

import static dev.tidings.it.Statement.BEYOND_HEALTH;
import static dev.tidings.it.Statement.ERRORS_ARE_PROBLEMS;
import static dev.tidings.it.Statement.PRODUCE_EVENTS;
import static dev.tidings.it.Statement.PRODUCE_RAW_TEXT;
import static dev.tidings.it.Statement.STATUS_413_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// curl as a client, as the guides use it.
class CurlTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @TempDir
    private Path directory;

    @BeforeAll
    static void isThere() {
        boolean found = List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "curl")));
        assumeThat(found).as("curl is installed").isTrue();
    }

    @Test
    @Proves(PRODUCE_RAW_TEXT)
    void producesText() {
        String answer = curl(
                "/ce/produce/raw",
                "-H",
                "ce-specversion: 1.0",
                "-H",
                "ce-id: c1",
                "-H",
                "ce-source: " + Shop.SOURCE,
                "-H",
                "ce-type: " + Shop.PLACED,
                "-H",
                "Content-Type: text/plain",
                "-d",
                "hello");

        assertThat(answer).isEqualTo("{\"accepted\":1,\"duplicates\":0} 200 application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.0", "--http1.1", "--http2-prior-knowledge"})
    @Proves(PRODUCE_EVENTS)
    void producesABatchThatAsksWhetherItMayGoOn(String version) throws IOException {
        List<Object> events = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            events.add(Shop.order(version + i).put("subject", "x".repeat(500)));
        }
        Path file = Files.writeString(directory.resolve("batch.json"), events.toString());

        String answer = curl(
                "/ce/produce/events",
                version,
                "-H",
                "Expect: 100-continue",
                "-H",
                "Content-Type: " + Call.BATCH,
                "--data-binary",
                "@" + file);

        assertThat(answer).isEqualTo("{\"accepted\":1000,\"duplicates\":0} 200 application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.0", "--http1.1", "--http2-prior-knowledge"})
    @Proves(STATUS_413_REQUEST)
    void isToldThatABodyIsTooLargeWhetherItAsksOrNot(String version) throws IOException {
        Path file = Files.writeString(directory.resolve("large.json"), "[" + " ".repeat(4 << 20) + "]");
        String body = "@" + file;

        String asking = curl("/ce/produce/events", version, "-H", "Expect: 100-continue", "--data-binary", body);
        String sending = curl("/ce/produce/events", version, "-H", "Expect:", "--data-binary", body);

        assertThat(asking).contains("request-too-large").endsWith(" 413 application/problem+json");
        assertThat(sending).contains("request-too-large").endsWith(" 413 application/problem+json");
    }

    @Test
    @Proves(ERRORS_ARE_PROBLEMS)
    void isToldWhatIsWrong() {
        String answer = curl("/ce/produce/event", "-H", "Content-Type: application/json", "-d", "{}");

        assertThat(answer).startsWith("{\"type\":\"https://tidings.dev/errors/unsupported-content-type\"");
        assertThat(answer).endsWith(" 415 application/problem+json");
    }

    @Test
    @Proves(BEYOND_HEALTH)
    void looksAfterTheHealth() {
        assertThat(curl("/health/live")).contains(" 200");
        assertThat(curl("/health/ready", "-I")).contains(" 200");
    }

    /// What curl shows: the body, the status and the content type.
    private static String curl(String path, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-s",
                "-S",
                "--max-time",
                "60",
                "-w",
                " %{http_code} %{content_type}",
                "-H",
                "Authorization: Bearer shop"));
        command.addAll(List.of(options));
        command.add(broker.address() + path);
        return Ran.of(command).output();
    }
}
