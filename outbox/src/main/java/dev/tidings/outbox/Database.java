package dev.tidings.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;

/// The databases that may hold an outbox.
public enum Database {
    /// PostgreSQL.
    POSTGRESQL("postgresql.sql"),
    /// MySQL and MariaDB.
    MYSQL("mysql.sql"),
    /// H2.
    H2("h2.sql");

    private final String script;

    Database(String script) {
        this.script = script;
    }

    /// @throws SQLFeatureNotSupportedException where it is none of these
    static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "MySQL", "MariaDB" -> MYSQL;
            case "H2" -> H2;
            default ->
                throw new SQLFeatureNotSupportedException(
                        "an outbox needs PostgreSQL, MySQL, MariaDB or H2, found " + product);
        };
    }

    String script() {
        return script;
    }

    /// What makes the database end a session, and give its locks to others, that says nothing for so long while it
    /// holds them. H2 knows nothing of the kind.
    List<String> limitingSilence(Duration most) {
        return switch (this) {
            case POSTGRESQL -> List.of("SET idle_in_transaction_session_timeout = " + most.toMillis());
            case MYSQL -> List.of("SET SESSION wait_timeout = " + (most.toSeconds() + 1));
            case H2 -> List.of();
        };
    }

    List<String> notLimitingSilence() {
        return switch (this) {
            case POSTGRESQL -> List.of("RESET idle_in_transaction_session_timeout");
            case MYSQL -> List.of("SET SESSION wait_timeout = DEFAULT");
            case H2 -> List.of();
        };
    }
}
