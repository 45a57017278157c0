package dev.tidings.outbox;

import java.sql.Connection;
import java.sql.SQLException;

/// The end of a connection as the death of its program or of the network makes it.
final class Cut {
    private Cut() {}

    static void through(Connection connection) {
        try {
            connection.abort(Runnable::run);
            connection.close(); // to H2, aborting means nothing
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
