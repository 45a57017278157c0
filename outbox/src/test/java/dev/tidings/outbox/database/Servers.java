package dev.tidings.outbox.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The servers of a run of tests. Each is started when it is first asked for, and ends with the run; where it does not
/// run, those who ask for it are skipped.
public final class Servers {
    private Servers() {}

    private static final class Postgres {
        static final Started<PostgresServer> IT = new Started<>(PostgresServer::new);
    }

    private static final class MariaDb {
        static final Started<MariaDbServer> IT = new Started<>(MariaDbServer::new);
    }

    /// A server, or why there is none.
    private static final class Started<S extends Server> {
        private S server;
        private RuntimeException failure;

        Started(Supplier<S> starting) {
            try {
                S made = starting.get();
                made.start();
                server = made;
                Runtime.getRuntime().addShutdownHook(new Thread(made::kill));
            } catch (RuntimeException notHere) {
                failure = notHere;
            }
        }

        S orSkip() {
            Assumptions.assumeTrue(failure == null, () -> "skipped, since this machine does not run it: " + failure);
            return server;
        }
    }

    public static PostgresServer postgres() {
        return Postgres.IT.orSkip();
    }

    public static MariaDbServer mariaDb() {
        return MariaDb.IT.orSkip();
    }

    /// Between two looks at a server that starts.
    static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A new directory, which is removed with all that is in it when the run ends.
    static Path directory(String name) {
        try {
            Path directory = Files.createTempDirectory(name);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException stillInUse) { // the next start of the machine removes it
            directory.toFile().deleteOnExit();
        }
    }
}
