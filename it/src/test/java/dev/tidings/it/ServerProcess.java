package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `tidings serve` in a process of its own, to be ended by signals.
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready at (http\\S+?),? ");
    private static final String SMALL_STORE = """
            store:
              ring: { files: 4, file-size: 4MiB }
              commit: { batch: 2MiB }
              space: { reserve: 1MiB, nearly-full: 1MiB }
            """;

    private final Path directory;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;
    private String greeting = "";

    private ServerProcess(Path directory) {
        this.directory = directory;
    }

    /// Starts a server; returns once it says that it is ready.
    static ServerProcess start(CatalogText catalog) {
        ServerProcess server = new ServerProcess(Directories.temporary());
        server.write("catalog.yaml", catalog.toString());
        server.write("tidings.yaml", SMALL_STORE);
        server.startAgain();
        return server;
    }

    /// Starts it on the data that an earlier process left; returns once it says that it is ready.
    void startAgain() {
        process = spawn(
                "serve",
                "--config",
                file("tidings.yaml").toString(),
                "--catalog",
                file("catalog.yaml").toString(),
                "--data",
                file("data").toString(),
                "--port",
                "0");
        greeting = firstLine(process);
    }

    /// What it said when it was ready.
    String greeting() {
        return greeting;
    }

    String log() {
        return read("log");
    }

    Client client(String name) {
        Matcher ready = READY.matcher(greeting + " ");
        assertThat(ready.find()).as("an address in: %s", greeting).isTrue();
        return new Client(http, ready.group(1), name);
    }

    /// Ends it at once, as SIGKILL does.
    void kill() {
        running().destroyForcibly();
        exitCode();
    }

    /// Asks it to end, as SIGTERM does.
    void terminate() {
        running().destroy();
    }

    /// Waits for its end.
    int exitCode() {
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

    private Process spawn(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tidings.dist.Main"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(file("log").toFile()))
                    .start();
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
