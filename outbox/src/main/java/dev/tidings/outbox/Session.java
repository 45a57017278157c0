package dev.tidings.outbox;

import dev.tidings.client.EventCoding;
import dev.tidings.client.RefusedException;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import io.cloudevents.CloudEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A relay's connection, from when it was made until it fails or the relay ends. One transaction a turn: it begins
/// with [#lead], and ends with [#commit] or [#rollback]. Belongs to one thread.
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int LONGEST_REASON = 2_000;
    private static final Duration SLOWEST_ANSWER = Duration.ofSeconds(30);

    private final Connection connection;
    private final Tables tables;
    private final InstantSource clock;
    private final Database database;
    private final Before before;
    private @Nullable Notifications notifications;

    /// What the connection was like, for who has it after us.
    private record Before(boolean autoCommit, int isolation, int networkTimeout) {
        static Before of(Connection connection) throws SQLException {
            return new Before(
                    connection.getAutoCommit(), connection.getTransactionIsolation(), connection.getNetworkTimeout());
        }

        void restore(Connection connection) throws SQLException {
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(autoCommit);
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        }
    }

    private Session(Connection connection, Outbox outbox) throws SQLException {
        this.connection = connection;
        this.tables = outbox.tables();
        this.clock = outbox.clock();
        this.database = Database.of(connection);
        this.before = Before.of(connection);
    }

    /// Takes over the connection.
    ///
    /// @param silence after how long the database is to think that this relay hangs
    static Session over(Connection connection, Outbox outbox, Duration silence) throws SQLException {
        Session session;
        try {
            session = new Session(connection, outbox);
        } catch (SQLException | RuntimeException unfit) {
            connection.close();
            throw unfit;
        }
        try {
            session.begin(silence);
            return session;
        } catch (SQLException | RuntimeException failure) {
            session.closeAfter(failure);
            throw failure;
        }
    }

    private void closeAfter(Exception failure) {
        try {
            close();
        } catch (SQLException consequence) {
            failure.addSuppressed(consequence);
        }
    }

    private void begin(Duration silence) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, (int) silence.plus(SLOWEST_ANSWER).toMillis());
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        execute(database.limitingSilence(silence));
        requireFormat();
        if (database == Database.POSTGRESQL) {
            listen();
        }
        connection.commit();
    }

    private void requireFormat() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(tables.format())) {
            int format = rows.next() ? rows.getInt(1) : 0;
            if (format != Tables.FORMAT) {
                throw new SQLException("the tables of the outbox " + tables.outbox() + " have the format " + format
                        + ", expected " + Tables.FORMAT + ": see the DDL");
            }
        }
    }

    private void listen() throws SQLException {
        try {
            notifications = Notifications.listen(connection, tables.channel());
        } catch (NoClassDefFoundError otherDriver) { // a connection to PostgreSQL without its usual driver
            notifications = null;
        }
        if (notifications == null) {
            LOG.info("the outbox {} is polled: the driver is not PostgreSQL's own", tables.outbox());
        }
    }

    /// Whether this is the one who relays, until the transaction ends; false where somebody else is.
    boolean lead() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(tables.lead())) {
            return rows.next();
        }
    }

    /// The lowest that are there, in order: in one moment's view all that are lower than the last of them. At
    /// least one where there is any.
    List<Row> lowest(int most, DataSize bytes) throws SQLException {
        List<Row> rows = new ArrayList<>();
        long last = last(most, bytes.bytes());
        if (last == 0) {
            return rows;
        }
        try (Statement select = connection.createStatement();
                ResultSet result = select.executeQuery(tables.upTo(last))) {
            while (rows.size() < most && result.next()) {
                rows.add(new Row(result.getLong(1), event(result.getString(2))));
            }
        }
        return rows;
    }

    /// Looks at sizes first, since some drivers fetch all of a result at once.
    private long last(int most, long bytes) throws SQLException {
        long last = 0;
        long sum = 0;
        try (Statement select = connection.createStatement();
                ResultSet result = select.executeQuery(tables.sizes(most))) {
            while (result.next()) {
                sum += result.getLong(2) + 1;
                if (last > 0 && sum > bytes) {
                    return last;
                }
                last = result.getLong(1);
            }
        }
        return last;
    }

    private static @Nullable CloudEvent event(String json) {
        try {
            return EventCoding.event(Bytes.utf8(json));
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    void delete(List<Row> rows) throws SQLException {
        try (Statement delete = connection.createStatement()) {
            delete.executeUpdate(tables.delete(rows.stream().map(Row::entry).toList()));
        }
    }

    /// Moves rows to those that were refused.
    void setAside(Map<Row, RefusedException> refused) throws SQLException {
        long now = clock.millis();
        try (PreparedStatement insert = connection.prepareStatement(tables.setAside())) {
            for (Map.Entry<Row, RefusedException> row : refused.entrySet()) {
                insert.setLong(1, now);
                insert.setString(2, reason(row.getValue()));
                insert.setLong(3, row.getKey().entry());
                insert.executeUpdate(); // MariaDB's driver cannot do such a statement in a batch
            }
        }
        delete(List.copyOf(refused.keySet()));
    }

    private static String reason(RefusedException refusal) {
        String reason = String.valueOf(refusal.getMessage()).replace('\0', ' ');
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /// Between transactions: waits until there may be something, or that time is over, or the bell rings or closes.
    void await(Duration time, Doorbell bell) throws SQLException {
        if (notifications == null) {
            bell.awaitRing(time);
        } else {
            notifications.await(time, bell);
        }
    }

    /// Gives the connection back as it was.
    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            if (notifications != null) {
                execute(List.of("UNLISTEN " + tables.channel()));
            }
            execute(database.notLimitingSilence());
            connection.commit();
            before.restore(connection);
        }
    }

    private void execute(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }
}
