package dev.tidings.outbox.database;

import dev.tidings.outbox.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// A real PostgreSQL.
public final class PostgresServer implements Server {
    private static final int STARTS = 3_000;

    private final Path work = Servers.directory("tidings-postgres");
    private final Path data = work.resolve("data");
    private final int port = Servers.freePort();
    private final List<String> command = new ArrayList<>();
    private EmbeddedPostgres first;

    @Override
    public Database database() {
        return Database.POSTGRESQL;
    }

    @Override
    public DataSource dataSource() {
        return first.getPostgresDatabase();
    }

    /// The postmaster and all that belong to it.
    @Override
    public void kill() {
        ProcessHandle postmaster = postmaster();
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList().forEach(ProcessHandle::destroyForcibly);
    }

    private ProcessHandle postmaster() {
        try {
            long number = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
            return ProcessHandle.of(number).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        try {
            if (command.isEmpty()) {
                begin();
            } else {
                beginAgain();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was committed has to survive a kill, so it is written when it is committed; but need not survive a power
    /// cut of the machine.
    private void begin() throws IOException {
        first = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(work.toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "off")
                .start();
        ProcessHandle.Info info = postmaster().info();
        if (System.getProperty("user.name").equals("root")) { // whom PostgreSQL refuses
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(info.command().orElseThrow());
        command.addAll(List.of(info.arguments().orElseThrow()));
    }

    /// While one of the processes that were killed is still there, a new postmaster ends at once.
    private void beginAgain() throws IOException {
        SQLException last = new SQLException("never tried");
        Process process = process();
        for (int i = 0; i < STARTS; i++) {
            process = process.isAlive() ? process : process();
            try (Connection connection = dataSource().getConnection()) {
                connection.isValid(1);
                return;
            } catch (SQLException notYet) {
                last = notYet;
                Servers.pause();
            }
        }
        throw new IllegalStateException("PostgreSQL did not start again", last);
    }

    private Process process() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
