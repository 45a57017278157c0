package dev.tidings.outbox.database;

import dev.tidings.outbox.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/// H2 in memory, as long as it is not closed.
public final class Memory implements Server {
    private final JdbcDataSource dataSource = new JdbcDataSource();
    private final Connection keepsItAlive;

    public Memory() {
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        try {
            keepsItAlive = dataSource.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Database database() {
        return Database.H2;
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    /// Nothing survives.
    @Override
    public void kill() {
        execute("SHUTDOWN IMMEDIATELY");
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException("what was in memory is gone: " + keepsItAlive);
    }
}
