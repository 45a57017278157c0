package dev.tidings.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.cli.ExitCode;
import dev.tidings.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that somebody can get wrong before a server runs: one line, and the exit code 2.
class MainTest {
    @TempDir
    private Path directory;

    private Path catalog;
    private Map<String, String> environment = Map.of();
    private String out = "";
    private String err = "";

    @BeforeEach
    void writeACatalog() throws IOException {
        catalog = file("good.yaml", "types:\n  Shop.Web.Order.Placed: {}\n");
    }

    @Test
    void refusesAnUnknownKeyWithTheNearestOne() throws IOException {
        Path config = file("tidings.yaml", "server:\n  http:\n    prot: 80\n");

        refuses("serve", "--config", config.toString());

        assertThat(err)
                .isEqualTo("tidings serve: " + config
                        + ": server.http.prot: there is no such key; did you mean 'port'?\n");
    }

    @Test
    void refusesAValueOfTheWrongForm() throws IOException {
        refuses("serve", "--config", file("c.yaml", "drain: soon\n").toString());
        assertThat(err).contains("drain: expected a duration such as 500ms, 90s, 30m, 12h or 5d, found 'soon'");
    }

    @Test
    void refusesAnEnvironmentThatMakesNoSense() {
        environment = Map.of("TIDINGS_SERVER_HTTP_PORT", "tcp://10.0.0.1:80");

        refuses("serve");

        assertThat(err).contains("TIDINGS_SERVER_HTTP_PORT: server.http.port: expected a whole number");
    }

    @Test
    void refusesAPortOutOfRange() {
        refuses("serve", "--port", "70000");
        assertThat(err).contains("port is 0 to 65535");
    }

    @Test
    void refusesAConfigurationThatIsNotThere() {
        refuses("serve", "--config", directory.resolve("none.yaml").toString());
        assertThat(err).contains("cannot read " + directory.resolve("none.yaml") + ": there is no such file");
    }

    @Test
    void refusesAnInvalidCatalog() throws IOException {
        Path bad = file("bad.yaml", "tpyes: {}\n");

        refuses("serve", "--insecure", "--catalog", bad.toString(), "--data", data());

        assertThat(err).contains(bad + ", line 1, column 1: tpyes: unknown key 'tpyes'");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void refusesAPortThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            refuses("serve", "--insecure", "--data", data(), "--port", port);
            assertThat(err).contains("cannot listen on 127.0.0.1:" + port).contains("choose another port");

            refuses("demo", "--port", port);
            assertThat(err).contains("cannot listen on 127.0.0.1:" + port);
        }
    }

    @Test
    void refusesADirectoryThatIsAFile() throws IOException {
        Path file = file("file", "");

        refuses("serve", "--insecure", "--port", "0", "--data", file.toString());

        assertThat(err).contains("the directory " + file + " cannot be used: " + file + ": a file is in the way");
    }

    @Test
    void refusesToLetEverybodyInFromOtherMachines() throws IOException {
        Path config = file("open.yaml", "insecure: true\nserver:\n  http:\n    host: 0.0.0.0\n    port: 0\n");

        refuses("serve", "--config", config.toString(), "--data", data());

        assertThat(err).contains("an insecure server listens on loopback only");
    }

    @Test
    void refusesRequestsThatTheStoreCouldNotTake() throws IOException {
        Path config = file("large.yaml", "server: { http: { limits: { request: 4MiB } } }\n");

        refuses("serve", "--config", config.toString(), "--data", data());

        assertThat(err)
                .contains("store.commit.batch is at least 3 times server.http.limits.request (4MiB), found 8MiB");
    }

    @Test
    void refusesToServeNobody() {
        refuses("serve", "--port", "0", "--catalog", catalog.toString(), "--data", data());
        assertThat(err)
                .contains("no client in the catalog has a credential", "--insecure")
                .doesNotContain("is in force");
    }

    @Test
    void refusesARateOfNothing() {
        refuses("demo", "--rate", "0");
        assertThat(err).contains("--rate: expected 1 or more, found 0");
    }

    @Test
    void checksFilesOffline() throws IOException {
        Path config = file("tidings.yaml", "log:\n  level: warn\n");

        assertThat(run("check", "--catalog", catalog.toString(), "--config", config.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo(config + ": good\n" + catalog + ": good: 1 types, 0 clients, 0 warnings\n");

        refuses("check");
        assertThat(err).contains("nothing to check; give --catalog, --config or both");
    }

    @Test
    void checksEverythingInOnePass() throws IOException {
        Path bad = file("bad.yaml", """
                types:
                  A.B.C.Done: { schema: { type: 17 }, retention: { age: soon } }
                clients:
                  x: { consumes: { types: [A.B.C.Dnoe] } }
                """);

        assertThat(run("check", "--catalog", bad.toString())).isEqualTo(ExitCode.WRONG_INPUT);

        assertThat(err.lines()).hasSizeGreaterThanOrEqualTo(3).allMatch(line -> line.startsWith("wrong " + bad));
    }

    @Test
    void countsWarningsWhereItShould() throws IOException {
        Path odd = file("odd.yaml", "types:\n  A.B.C.Do: {}\n");

        assertThat(run("check", "--catalog", odd.toString())).isEqualTo(ExitCode.OK);
        assertThat(run("check", "--strict", "--catalog", odd.toString())).isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void helpsWithEveryCommand() {
        for (String command : new String[] {"serve", "demo", "produce", "consume", "listen", "apply", "check"}) {
            assertThat(run(command, "--help")).isEqualTo(ExitCode.OK);
            assertThat(out).contains("Usage: tidings " + command, "Example", "Exit codes:");
        }
    }

    private void refuses(String... arguments) {
        assertThat(run(arguments)).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(out).isEmpty();
        assertThat(err.lines().filter(line -> !line.startsWith("{"))).hasSize(1);
    }

    private int run(String... arguments) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(written, true, StandardCharsets.UTF_8),
                new PrintStream(told, true, StandardCharsets.UTF_8),
                Terminal.Person.NOBODY);
        int code = Main.run(terminal, environment, arguments);
        out = written.toString(StandardCharsets.UTF_8);
        err = told.toString(StandardCharsets.UTF_8);
        return code;
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
