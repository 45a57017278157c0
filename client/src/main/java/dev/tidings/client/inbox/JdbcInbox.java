package dev.tidings.client.inbox;

import dev.tidings.client.EventHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import javax.sql.DataSource;

/// Marks handled events in the program's own database, in the transaction of what the handler writes: so each
/// event takes effect once, whoever is killed when. Knows no dialect: it needs the table of [#ddl]. May be
/// used by any thread and any process.
public final class JdbcInbox {
    private static final String INTEGRITY_VIOLATION = "23";

    private final Transactions transactions;
    private final Duration expiry;
    private final InstantSource clock;
    private Instant swept;

    /// An inbox in the table of [#ddl], which has to be there.
    ///
    /// @param expiry after how long a mark is removed: longer than an event may wait before it comes again
    public JdbcInbox(DataSource database, Duration expiry) {
        this(new OwnTransactions(database), expiry);
    }

    /// @param transactions of the program's framework, in which its own code takes part
    /// @param expiry       as above
    public JdbcInbox(Transactions transactions, Duration expiry) {
        this(transactions, expiry, InstantSource.system());
    }

    JdbcInbox(Transactions transactions, Duration expiry, InstantSource clock) {
        this.transactions = transactions;
        this.expiry = expiry;
        this.clock = clock;
        this.swept = clock.instant();
    }

    /// The statements that make the table, one a line, for PostgreSQL, MySQL, MariaDB, H2 and what is like
    /// them.
    public static String ddl() {
        try (InputStream text = JdbcInbox.class.getResourceAsStream("inbox.sql")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The handler, called inside a transaction for what was not handled yet by this listener. What it throws
    /// undoes the transaction.
    public EventHandler once(String listener, TransactionalHandler handler) {
        return event -> {
            String key = EventKey.of(listener, event);
            transactions.run(connection -> {
                boolean first = mark(connection, key);
                if (first) {
                    handler.handle(connection, event);
                }
                return first;
            });
            sweepNowAndThen();
        };
    }

    /// Removes marks that have expired; done by itself now and then.
    public void sweep() throws Exception {
        transactions.run(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM tidings_inbox WHERE handled < ?")) {
                delete.setLong(1, clock.instant().minus(expiry).toEpochMilli());
                delete.executeUpdate();
            }
            return true;
        });
    }

    /// False where the event is marked already. Waits for whoever is marking it right now.
    private boolean mark(Connection connection, String key) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO tidings_inbox (event, handled) VALUES (?, ?)")) {
            insert.setString(1, key);
            insert.setLong(2, clock.instant().toEpochMilli());
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith(INTEGRITY_VIOLATION)) {
                return false;
            }
            throw e;
        }
    }

    private void sweepNowAndThen() throws Exception {
        synchronized (this) {
            Instant now = clock.instant();
            if (now.isBefore(swept.plus(expiry.dividedBy(24)))) {
                return;
            }
            swept = now;
        }
        sweep();
    }
}
