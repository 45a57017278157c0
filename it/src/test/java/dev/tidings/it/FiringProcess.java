package dev.tidings.it;

import dev.tidings.client.Bus;
import dev.tidings.client.Credentials;
import dev.tidings.client.Firing;
import dev.tidings.client.Tidings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A program in a process of its own that fires as fast as it can, through a spool, and says what it has fired.
final class FiringProcess implements AutoCloseable {
    private static final Pattern FIRED = Pattern.compile("fired \\d+");

    private final Process process;
    private final BufferedReader output;
    private int fired;

    private FiringProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /// Fires events whose data is that number, the one after it, and so on.
    static FiringProcess start(URI broker, Path spool, int first) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FiringProcess.class.getName(),
                broker.toString(),
                spool.toString(),
                Integer.toString(first));
        try {
            return new FiringProcess(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The program: broker, directory, first number.
    public static void main(String[] arguments) {
        Bus bus = open(URI.create(arguments[0]), Path.of(arguments[1]));
        for (int i = Integer.parseInt(arguments[2]); ; i++) {
            bus.fire(bus.event(Shop.PLACED).key("k").data(i).build());
            System.out.println("fired " + i);
        }
    }

    /// A bus of the same kind in this process.
    static Bus open(URI broker, Path spool) {
        return Tidings.connect(broker)
                .credentials(Credentials.apiKey("shop"))
                .source(URI.create(Shop.SOURCE))
                .firing(Firing.DEFAULT.withBatch(20).withSpool(spool))
                .open();
    }

    /// Waits until it has fired so many.
    FiringProcess fires(int count) {
        for (String line = read(); line != null; line = read()) {
            count(line);
            if (fired == count) {
                return this;
            }
        }
        throw new AssertionError("it ended after it had fired " + fired);
    }

    /// It also logs.
    private void count(String line) {
        if (FIRED.matcher(line).matches()) {
            fired++;
        }
    }

    /// Ends it at once, as SIGKILL does; how many it said it had fired.
    int kill() {
        process.toHandle().destroyForcibly(); // not the process itself: that would close what it has said
        for (String line = read(); line != null; line = read()) {
            count(line);
        }
        return fired;
    }

    /// All that it says until it ends by itself.
    List<String> complaint() {
        return output.lines().toList();
    }

    private String read() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
