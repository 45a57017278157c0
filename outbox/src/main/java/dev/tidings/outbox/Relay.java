package dev.tidings.outbox;

import dev.tidings.client.Bus;
import dev.tidings.client.backoff.BackOff;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what was committed to an [Outbox]: in its order, at least once, each event with the id it was added with.
/// Of all relays of one outbox, in however many processes, one is at it at a time; another goes on where it left off
/// when it ends, hangs or loses the database. What the broker refuses is set aside in `{table}_refused`, and the rest
/// goes on. While broker or database is away, it tries again, forever.
///
/// Holds one connection of the data source, and one thread. May be used by any thread.
public final class Relay implements AutoCloseable {
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final DataSource database;
    private final Relaying config;
    private final Round round;
    private final BackOff backOff = new BackOff(Duration.ofMillis(200), LONGEST_PAUSE, new SecureRandom());
    private final Doorbell bell = new Doorbell();
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "tidings-outbox");
    private int failures;

    /// @param bus stays the caller's: it is closed after the relay
    public Relay(Outbox outbox, DataSource database, Bus bus, Relaying config) {
        this(outbox, database, bus::publish, config);
    }

    Relay(Outbox outbox, DataSource database, Publishing broker, Relaying config) {
        this.outbox = outbox;
        this.database = database;
        this.config = config;
        this.round = new Round(broker, config, givenUp);
        thread.setDaemon(true);
    }

    /// Begins, in the background. Neither broker nor database needs to be there.
    ///
    /// @throws IllegalStateException where it was started before
    public void start() {
        if (thread.getState() != Thread.State.NEW) {
            throw new IllegalStateException("a relay is started once");
        }
        thread.start();
    }

    /// Looks at the outbox now: for programs that know of a commit, where the database tells of none.
    public void wake() {
        bell.ring();
    }

    /// How much waits, by a few short queries.
    public Backlog backlog() throws SQLException {
        Tables tables = outbox.tables();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            long now = outbox.clock().millis();
            long oldest = number(statement, tables.oldest(), now);
            long waiting = number(statement, tables.waiting(Backlog.COUNTED), 0);
            long refused = number(statement, tables.refused(Backlog.COUNTED), 0);
            return new Backlog((int) waiting, Duration.ofMillis(Math.max(0, now - oldest)), (int) refused);
        }
    }

    private static long number(Statement statement, String query, long none) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : none;
        }
    }

    /// Ends it: what is under way is settled first, for at most ten seconds. What waits stays for the next relay.
    @Override
    public void close() {
        bell.close();
        if (!ended()) {
            givenUp.complete(null);
            ended();
        }
    }

    private boolean ended() {
        try {
            thread.join(CLOSING.toMillis());
            return !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        while (!bell.closed()) {
            try (Session session = Session.over(database.getConnection(), outbox, config.silence())) {
                while (!bell.closed()) {
                    turn(session);
                }
            } catch (SQLException | RuntimeException failure) { // whatever it is: what was committed has to go out
                Duration delay = pause();
                LOG.warn("the outbox is looked at again in {} ms: {}", delay.toMillis(), String.valueOf(failure));
                bell.pause(delay);
            }
        }
    }

    private void turn(Session session) throws SQLException {
        Turn turn = round.turn(session);
        if (turn == Turn.AWAY) {
            bell.pause(pause());
            return;
        }
        failures = 0;
        if (turn != Turn.SETTLED) {
            session.await(config.interval(), bell);
        }
    }

    private Duration pause() {
        return backOff.delay(failures++, Duration.ZERO);
    }
}
