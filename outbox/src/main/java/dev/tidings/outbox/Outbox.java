package dev.tidings.outbox;

import dev.tidings.client.EventCoding;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.wire.CloudEvents;
import dev.tidings.wire.Decoded;
import io.cloudevents.CloudEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Takes events inside a transaction of the program's own database. They are published by a [Relay], if and only if
/// the transaction commits. Needs the tables of [#ddl]. May be used by any thread.
public final class Outbox {
    /// How large and deep an event may be, the broker says; here it only has to be one.
    private static final CloudEvents WELL_FORMED = new CloudEvents(new CloudEvents.Limits(
            new DataSize(Integer.MAX_VALUE), CloudEvents.Limits.DEFAULT.depth(), CloudEvents.Limits.DEFAULT.batch()));

    private final Tables tables;
    private final boolean notifies;
    private final InstantSource clock;

    /// An outbox in the table `tidings_outbox`.
    public Outbox() {
        this(Tables.DEFAULT);
    }

    /// @param table `table` or `schema.table`; ASCII letters, digits and `_`
    public Outbox(String table) {
        this(new Tables(table), true, InstantSource.system());
    }

    private Outbox(Tables tables, boolean notifies, InstantSource clock) {
        this.tables = tables;
        this.notifies = notifies;
        this.clock = clock;
    }

    /// The same outbox, which on PostgreSQL does not notify the relay: it finds events by polling, as on other
    /// databases. Commits that notify wait for each other, which may matter from some thousands a second; and
    /// a transaction of two phases (XA) cannot notify.
    public Outbox polledOnly() {
        return new Outbox(tables, false, clock);
    }

    Outbox at(InstantSource time) {
        return new Outbox(tables, notifies, time);
    }

    /// The statements that make the tables, with `;` at the end of each.
    public String ddl(Database database) {
        return tables.ddl(database);
    }

    /// See [#add(Connection, List)].
    public void add(Connection connection, CloudEvent event) throws SQLException {
        add(connection, List.of(event));
    }

    /// Writes events down, in this order, in the transaction that the connection is in. Neither commits nor rolls
    /// back. What becomes of the event objects afterwards does not matter.
    ///
    /// @throws IllegalArgumentException where one of them is no well-formed event; then nothing was written
    /// @throws IllegalStateException    where the connection commits by itself: there is no transaction
    /// @throws SQLException             of the database; on PostgreSQL the transaction can then only be rolled back
    public void add(Connection connection, List<CloudEvent> events) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("an event is added in a transaction: connection.setAutoCommit(false)");
        }
        if (events.isEmpty()) {
            return;
        }
        List<Event> judged = new ArrayList<>();
        for (CloudEvent event : events) {
            judged.add(judged(event));
        }
        Database database = Database.of(connection);
        insert(connection, judged);
        if (notifies && database == Database.POSTGRESQL) {
            try (Statement notify = connection.createStatement()) {
                notify.execute("NOTIFY " + tables.channel()); // told at the commit, once for the transaction
            }
        }
    }

    /// What the broker would not read, nobody could repair once the transaction is over.
    private static Event judged(CloudEvent event) {
        Bytes json = EventCoding.json(event);
        Decoded decoded = WELL_FORMED.structured(json, Instant.MAX);
        if (decoded instanceof Decoded.Refused refused) {
            throw malformed(event, refused.refusal().detail());
        }
        Decoded.Parsed parsed = (Decoded.Parsed) decoded;
        List<Flaw> flaws = parsed.submission().flaws();
        if (!flaws.isEmpty()) {
            throw malformed(event, flaws.get(0).reason());
        }
        return parsed.submission().events().get(0);
    }

    private static IllegalArgumentException malformed(CloudEvent event, String why) {
        return new IllegalArgumentException("the event '" + event.getId() + "' is malformed: " + why);
    }

    private void insert(Connection connection, List<Event> events) throws SQLException {
        long now = clock.millis();
        try (PreparedStatement insert = connection.prepareStatement(tables.insert())) {
            for (Event event : events) {
                insert.setLong(1, now);
                insert.setString(2, event.partitionKey());
                insert.setString(3, event.source());
                insert.setString(4, event.id());
                insert.setInt(5, event.json().length());
                insert.setString(6, event.json().toUtf8());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    Tables tables() {
        return tables;
    }

    InstantSource clock() {
        return clock;
    }
}
