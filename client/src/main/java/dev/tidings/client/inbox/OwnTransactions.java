package dev.tidings.client.inbox;

import java.sql.Connection;
import javax.sql.DataSource;

/// Each on a connection of its own.
record OwnTransactions(DataSource database) implements Transactions {
    @Override
    public void run(Work work) throws Exception {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            settle(connection, work);
        }
    }

    private static void settle(Connection connection, Work work) throws Exception {
        boolean done = false;
        try {
            if (work.on(connection)) {
                connection.commit();
                done = true;
            }
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }
}
