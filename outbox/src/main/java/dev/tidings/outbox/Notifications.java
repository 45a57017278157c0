package dev.tidings.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// Listens to an outbox on PostgreSQL. The only class that needs its driver.
final class Notifications {
    /// How long the end may go unnoticed: the socket is read meanwhile.
    private static final Duration SLICE = Duration.ofMillis(200);

    private final PGConnection connection;

    private Notifications(PGConnection connection) {
        this.connection = connection;
    }

    /// Null where the connection is of another driver.
    static @Nullable Notifications listen(Connection connection, String channel) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            return null;
        }
        try (Statement listen = connection.createStatement()) {
            listen.execute("LISTEN " + channel);
        }
        return new Notifications(connection.unwrap(PGConnection.class));
    }

    /// Waits, between transactions, until something is told, or that time is over, or the bell rings or closes.
    void await(Duration time, Doorbell bell) throws SQLException {
        long end = System.nanoTime() + time.toNanos();
        boolean told = false;
        for (long left = time.toMillis(); left > 0 && !told; left = (end - System.nanoTime()) / 1_000_000) {
            PGNotification[] some = connection.getNotifications((int) Math.min(left, SLICE.toMillis()));
            told = some != null && some.length > 0 || !bell.awaitRing(Duration.ZERO);
        }
    }
}
