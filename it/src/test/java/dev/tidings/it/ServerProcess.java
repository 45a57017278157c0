package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `tidings serve` in a process of its own, to be ended by signals.
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready at (http\\S+?),? ");
    private static final String SMALL_STORE = """
            store:
              ring: { files: 4, file-size: 4MiB }
              commit: { batch: 3MiB }
              space: { reserve: 1MiB, nearly-full: 1MiB }
            """;

    private final Path directory = Directories.temporary();
    private final HttpClient http = HttpClient.newHttpClient();
    private Path data = directory.resolve("data");
    private List<String> options = List.of();
    private Map<String, String> environment = Map.of();
    private @Nullable Process process;
    private String greeting = "";

    private ServerProcess() {}

    /// A server that is not started yet.
    public static ServerProcess with(CatalogText catalog) {
        ServerProcess server = new ServerProcess();
        server.write("catalog.yaml", catalog.toString());
        server.write("tidings.yaml", SMALL_STORE);
        return server;
    }

    /// Adds sections to its configuration.
    ServerProcess configured(String yaml) {
        return configuredOnlyBy(SMALL_STORE + yaml);
    }

    /// Sets its configuration.
    public ServerProcess configuredOnlyBy(String yaml) {
        write("tidings.yaml", yaml);
        return this;
    }

    /// Puts its data somewhere else than into a directory of its own.
    public ServerProcess storingIn(Path elsewhere) {
        data = elsewhere;
        return this;
    }

    /// Where its data is.
    public Path data() {
        return data;
    }

    /// Sets variables of its environment.
    public ServerProcess inEnvironment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    /// Starts it; returns once it says that it is ready.
    public ServerProcess start(String... moreOptions) {
        options = List.of(moreOptions);
        startAgain();
        return this;
    }

    /// Starts it on the data that an earlier process left; returns once it says that it is ready.
    public void startAgain() {
        Process started = spawn();
        process = started;
        greeting = firstLine(started);
    }

    /// The same, but something may kill it on its way; whether it got ready.
    public boolean startAgainUnlessKilled() {
        Process started = spawn();
        process = started;
        try {
            String line = started.inputReader().readLine();
            greeting = line == null ? "" : line;
            return line != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it, and ends it at once after that long, whatever it is at.
    void startAndKill(Duration after) {
        Process started = spawn();
        try {
            started.waitFor(after);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        started.destroyForcibly();
        exitCode(started);
    }

    /// Starts it, which must fail; the exit code.
    int startInVain(String... moreOptions) {
        options = List.of(moreOptions);
        return exitCode(spawn());
    }

    /// What it said when it was ready.
    String greeting() {
        return greeting;
    }

    /// All that it wrote to standard error.
    public String log() {
        return read("log");
    }

    /// A client that proves itself with its API key.
    public Client client(String name) {
        return clientWith(name);
    }

    /// A client with any token; null: none.
    Client clientWith(@Nullable String token) {
        Matcher ready = READY.matcher(greeting + " ");
        assertThat(ready.find()).as("an address in: %s", greeting).isTrue();
        return new Client(http, ready.group(1), token);
    }

    /// How many bytes its heap holds that are in use, after it was tidied.
    long liveHeap() {
        String histogram = jcmd("GC.class_histogram");
        Matcher total = Pattern.compile("Total +\\d+ +(\\d+)").matcher(histogram);
        assertThat(total.find()).as("a total in: %s", histogram).isTrue();
        return Long.parseLong(total.group(1));
    }

    /// How many bytes of memory it occupies, heap and all.
    long residentMemory() {
        try (var status = Files.lines(Path.of("/proc/" + running().pid() + "/status"))) {
            String line =
                    status.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jcmd(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process asked = new ProcessBuilder(
                            jcmd.toString(), Long.toString(running().pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it at once, as SIGKILL does.
    public void kill() {
        running().destroyForcibly();
        exitCode();
    }

    /// Halts it for that long, as SIGSTOP does, and lets it go on.
    void halt(Duration time) {
        signal("STOP");
        try {
            assertThat(running().waitFor(time))
                    .as("it ended while it was halted")
                    .isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) {
        Ran sent = Ran.of(List.of("sh", "-c", "kill -" + name + " " + running().pid()));
        assertThat(sent.exitCode()).as(sent.output()).isZero();
    }

    /// Asks it to end, as SIGTERM does.
    public void terminate() {
        running().destroy();
    }

    /// Waits for its end.
    public int exitCode() {
        return exitCode(running());
    }

    @Override
    public void close() {
        http.shutdownNow();
        if (process != null) {
            kill();
        }
        Directories.delete(directory);
    }

    private Process spawn() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tidings.dist.Main",
                "serve"));
        command.addAll(List.of("--config", file("tidings.yaml").toString()));
        command.addAll(List.of("--catalog", file("catalog.yaml").toString()));
        command.addAll(List.of("--data", data.toString(), "--port", "0"));
        command.addAll(options);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(file("log").toFile()));
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String firstLine(Process started) {
        try {
            BufferedReader out = started.inputReader();
            String line = out.readLine();
            assertThat(line).as("what the server says: %s", log()).isNotNull();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int exitCode(Process ending) {
        try {
            assertThat(ending.waitFor(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS))
                    .as("the server ends")
                    .isTrue();
            return ending.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the server was never started");
        }
        return process;
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
