package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Credentials;
import dev.tidings.client.Tidings;
import dev.tidings.outbox.Backlog;
import dev.tidings.outbox.Database;
import dev.tidings.outbox.Outbox;
import dev.tidings.outbox.Relay;
import dev.tidings.outbox.Relaying;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// The outbox of the Java SDK in front of a real broker.
class OutboxTest {
    private static final int ADDED = 600;
    private static final int KEYS = 7;
    private static final int KILLS = 2;

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final JdbcDataSource database = new JdbcDataSource();
    private final Outbox outbox = new Outbox();
    private Connection program;

    @BeforeEach
    void create() throws SQLException {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        program = database.getConnection();
        try (Statement statement = program.createStatement()) {
            for (String ddl : outbox.ddl(Database.H2).split(";\n")) {
                statement.execute(ddl);
            }
        }
        program.setAutoCommit(false);
    }

    @AfterEach
    void drop() throws SQLException {
        program.close();
    }

    @Test
    void publishesWhatWasCommittedOnceAndInOrderThoughTheBrokerIsKilledAndConnectionsAreCut() throws SQLException {
        try (ServerProcess server = ServerProcess.with(Shop.CATALOG).start();
                Detour detour = new Detour();
                Bus bus = bus(detour.address());
                Relay one = relay(bus);
                Relay another = relay(bus)) {
            detour.leadTo(server.client("shop"));
            one.start();
            another.start();
            for (int i = 0; i < ADDED; i++) {
                add(bus, i);
                disturb(i, server, detour);
            }

            List<JsonNode> events =
                    server.client("desk").poll("inflight=100000").events(ADDED);
            assertThat(Numbered.byKey(events)).isEqualTo(Numbered.inOrder(ADDED, KEYS));
        }
    }

    @Test
    void setsAsideWhatTheBrokerRefuses() throws SQLException {
        PolledInstance desk = broker.client("desk").poll("");
        try (Bus bus = bus(URI.create(broker.client("shop").base()))) {
            outbox.add(
                    program,
                    List.of(
                            bus.event(Shop.PLACED).key("k").data(1).build(),
                            bus.event("Shop.Web.Secret.Told").build(),
                            bus.event(Shop.WEIGHED).data(Map.of("grams", -1)).build(),
                            bus.event(Shop.PLACED).data("x".repeat(100_000)).build(),
                            bus.event(Shop.PLACED).key("k").data(2).build()));
            program.commit();
            try (Relay relay = relay(bus)) {
                relay.start();
                assertThat(desk.events(2))
                        .extracting(event -> event.path("data").asInt())
                        .containsExactly(1, 2);
            }

            assertThat(relay(bus).backlog()).isEqualTo(new Backlog(0, Duration.ZERO, 3));
        }
        desk.confirm();
        desk.delete();
    }

    private void add(Bus bus, int number) throws SQLException {
        outbox.add(program, bus.event(Shop.PAID).key("rolled-back").build());
        program.rollback();
        outbox.add(
                program,
                bus.event(Shop.PLACED)
                        .key(Numbered.key(number, KEYS))
                        .data(number)
                        .build());
        program.commit();
    }

    private static void disturb(int event, ServerProcess server, Detour detour) {
        if (event % 50 == 49) {
            detour.cut();
        }
        int stretch = ADDED / (KILLS + 1);
        if (event % stretch == stretch - 1) {
            server.kill();
            server.startAgain();
            detour.leadTo(server.client("shop"));
        }
    }

    private Relay relay(Bus bus) {
        return new Relay(
                outbox,
                database,
                bus,
                Relaying.DEFAULT.withInterval(Duration.ofMillis(20)).withBatch(50));
    }

    private static Bus bus(URI address) {
        return Tidings.connect(address)
                .credentials(Credentials.apiKey("shop"))
                .source(URI.create(Shop.SOURCE))
                .open();
    }
}
