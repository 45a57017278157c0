package dev.tidings.outbox.database;

import dev.tidings.outbox.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// A real PostgreSQL.
public final class PostgresServer implements Server {
    private final Path work = Servers.directory("tidings-postgres");
    private final Path data = work.resolve("data");
    private final int port = Servers.freePort();
    private EmbeddedPostgres running;

    @Override
    public Database database() {
        return Database.POSTGRESQL;
    }

    @Override
    public DataSource dataSource() {
        return running.getPostgresDatabase();
    }

    @Override
    public void kill() {
        try {
            ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(
                            Files.readAllLines(data.resolve("postmaster.pid")).getFirst()))
                    .orElseThrow();
            List<ProcessHandle> all = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was committed has to survive a kill, so it is written when it is committed; but need not survive a power
    /// cut of the machine.
    @Override
    public void start() {
        try {
            running = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(work.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
