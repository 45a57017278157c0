package dev.tidings.outbox;

import dev.tidings.client.Bus;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import dev.tidings.outbox.database.Server;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/// A database with an empty outbox, a broker, and a program that adds events.
final class Stage {
    static final Relaying TWO_AT_ONCE = Relaying.DEFAULT.withBatch(2);

    final Server server;
    final Outbox outbox;
    final MemoryBroker broker = new MemoryBroker();
    final List<String> refused = new ArrayList<>();
    private final Bus form = Tidings.inProcess().source(URI.create("/stage")).open();

    Stage(Server server) {
        this(server, new Outbox());
    }

    Stage(Server server, Outbox outbox) {
        this.server = server;
        this.outbox = outbox;
        String table = outbox.tables().outbox();
        server.execute(
                "DROP TABLE IF EXISTS " + table,
                "DROP TABLE IF EXISTS " + table + "_refused",
                "DROP TABLE IF EXISTS " + table + "_leader");
        server.execute(outbox.ddl(server.database()).split(";\n"));
    }

    Relaying listening(Relaying config) {
        return config.onRefused(this::refused);
    }

    private void refused(CloudEvent event, RefusedException why) {
        refused.add(event.getId() + ": " + why.getMessage());
    }

    /// An event whose key is the first character of its id.
    CloudEvent event(String id) {
        return form.event("Shop.Web.Order.Placed")
                .id(id)
                .key(id.substring(0, 1))
                .build();
    }

    List<CloudEvent> events(String... ids) {
        return Arrays.stream(ids).map(this::event).toList();
    }

    /// Adds these in one transaction.
    void committed(String... ids) {
        inTransaction(connection -> {
            outbox.add(connection, events(ids));
            connection.commit();
        });
    }

    void rolledBack(String... ids) {
        inTransaction(connection -> {
            outbox.add(connection, events(ids));
            connection.rollback();
        });
    }

    /// What a program does with a connection of its own.
    interface Work {
        void doIt(Connection connection) throws SQLException;
    }

    void inTransaction(Work work) {
        try (Connection connection = server.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            work.doIt(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Round round(Relaying config) {
        return new Round(broker, listening(config), new CompletableFuture<>());
    }

    Session session() throws SQLException {
        return session(server.dataSource());
    }

    Session session(DataSource dataSource) throws SQLException {
        return Session.over(dataSource.getConnection(), outbox, Duration.ofMinutes(1));
    }

    /// Takes turns until nothing waits.
    void drain(Relaying config) throws SQLException {
        Round round = round(config);
        try (Session session = session()) {
            drain(round, session);
        }
    }

    static void drain(Round round, Session session) throws SQLException {
        Turn turn = round.turn(session);
        while (turn != Turn.EMPTY) {
            turn = round.turn(session);
        }
    }

    List<String> column(String query) {
        try (Connection connection = server.dataSource().getConnection()) {
            return column(connection, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> column(Connection connection, String query) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> waiting() {
        return column("SELECT event_id FROM " + outbox.tables().outbox() + " ORDER BY entry");
    }

    List<String> setAside() {
        return column("SELECT event_id FROM " + outbox.tables().outbox() + "_refused ORDER BY entry");
    }
}
