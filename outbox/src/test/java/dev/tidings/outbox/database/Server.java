package dev.tidings.outbox.database;

import dev.tidings.outbox.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// A database that tests may do anything to.
public interface Server {
    Database database();

    /// Each connection is a new one.
    DataSource dataSource();

    /// Ends it without a word, as a power cut would its processes.
    void kill();

    /// Starts it again on what it has written.
    void start();

    default void execute(String... statements) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
