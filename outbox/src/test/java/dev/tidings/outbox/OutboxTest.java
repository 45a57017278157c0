package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.EventBuilder;
import dev.tidings.client.EventCoding;
import dev.tidings.client.Tidings;
import dev.tidings.outbox.database.Memory;
import dev.tidings.outbox.database.Server;
import dev.tidings.outbox.database.Servers;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/// What an outbox promises to those who add to it, on any database.
@Timeout(120)
class OutboxTest {
    abstract static class Contract {
        private Stage stage;

        abstract Server server();

        @BeforeEach
        void set() {
            stage = new Stage(server());
        }

        @Test
        void publishesWhatWasCommittedAndNothingElse() throws SQLException {
            stage.committed("a1", "b1");
            stage.rolledBack("a2", "c1");
            stage.committed("a3");

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly("a1", "b1", "a3");
            assertThat(stage.waiting()).isEmpty();
        }

        @Test
        void publishesNothingOfATransactionThatIsNotOverYet() throws SQLException {
            stage.inTransaction(connection -> {
                stage.outbox.add(connection, stage.event("a1"));
                stage.committed("b1");
                stage.drain(Relaying.DEFAULT);
                assertThat(stage.broker.ids()).containsExactly("b1");
                connection.commit();
            });

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly("b1", "a1");
        }

        @Test
        void keepsTheOrderOfOneCall() throws SQLException {
            String[] ids =
                    Stream.iterate(1, i -> i + 1).limit(250).map(i -> "k" + i).toArray(String[]::new);
            stage.committed(ids);

            stage.drain(Relaying.DEFAULT.withBatch(100));

            assertThat(stage.broker.ids()).containsExactly(ids);
            assertThat(stage.broker.requests).hasSize(3);
        }

        @Test
        void publishesEventsAsTheyWereAdded() throws SQLException {
            List<CloudEvent> events = List.of(
                    form("1")
                            .data("application/json", utf8("{\"ä\": [1, 2.50, \"\\u0041\", \"😀\"]}"))
                            .build(),
                    form("2").text("zwei\n\"ü\" 😀 \\").build(),
                    form("3")
                            .data("application/octet-stream", new byte[] {0, -1, 7})
                            .build(),
                    form("4")
                            .key("ключ")
                            .subject("'; DROP TABLE tidings_outbox; --")
                            .build(),
                    form("5")
                            .extension("late", true)
                            .extension("count", -3)
                            .extension("note", "x")
                            .build(),
                    form("6")
                            .time(OffsetDateTime.parse("2026-01-31T10:00:00.5+02:00"))
                            .build());
            stage.inTransaction(connection -> {
                stage.outbox.add(connection, events);
                connection.commit();
            });

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.accepted().stream().map(OutboxTest::json))
                    .containsExactlyElementsOf(
                            events.stream().map(OutboxTest::json).toList());
        }

        @Test
        void takesNothingWhereOneEventIsMalformedAndLeavesTheTransactionUsable() {
            CloudEvent noJson = form("bad").data("application/json", utf8("{")).build();

            stage.inTransaction(connection -> {
                assertThatThrownBy(() -> stage.outbox.add(connection, List.of(stage.event("a1"), noJson)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("'bad'");
                stage.outbox.add(connection, stage.event("a2"));
                connection.commit();
            });

            assertThat(stage.waiting()).containsExactly("a2");
        }

        @Test
        void takesNothingOutsideOfATransaction() throws SQLException {
            try (Connection connection = server().dataSource().getConnection()) {
                assertThatThrownBy(() -> stage.outbox.add(connection, stage.event("a1")))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("setAutoCommit(false)");
            }

            assertThat(stage.waiting()).isEmpty();
        }

        @Test
        void takesTheLongestAttributesThatABrokerTakes() throws SQLException {
            String longest = "ü".repeat(1024);
            stage.inTransaction(connection -> {
                stage.outbox.add(connection, form(longest).key(longest).build());
                connection.commit();
            });

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly(longest);
        }

        @Test
        void livesInATableOfAnyName() throws SQLException {
            Stage other = new Stage(server(), new Outbox("shop_outbox"));
            other.committed("a1");
            stage.committed("b1");

            other.drain(Relaying.DEFAULT);

            assertThat(other.broker.ids()).containsExactly("a1");
            assertThat(stage.waiting()).containsExactly("b1");
        }

        @Test
        void takesNothingAsNothing() {
            stage.committed();

            assertThat(stage.waiting()).isEmpty();
        }
    }

    @Nested
    class OnH2 extends Contract {
        private final Server server = new Memory();

        @Override
        Server server() {
            return server;
        }

        @Test
        void livesInASchema() throws SQLException {
            server.execute("CREATE SCHEMA shop");
            Stage stage = new Stage(server, new Outbox("shop.events"));
            stage.committed("a1");

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly("a1");
        }
    }

    @Nested
    class OnPostgres extends Contract {
        @Override
        Server server() {
            return Servers.postgres();
        }

        @Test
        void keepsTheOrderOfOneCallWhereTheDriverMakesOneStatementOfIt() throws SQLException {
            PGSimpleDataSource rewriting = new PGSimpleDataSource();
            rewriting.setURL(((PGSimpleDataSource) server().dataSource()).getURL());
            rewriting.setUser("postgres");
            rewriting.setReWriteBatchedInserts(true);
            Stage stage = new Stage(server());
            String[] ids =
                    Stream.iterate(1, i -> i + 1).limit(300).map(i -> "k" + i).toArray(String[]::new);
            try (Connection connection = rewriting.getConnection()) {
                connection.setAutoCommit(false);
                stage.outbox.add(connection, stage.events(ids));
                connection.commit();
            }

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly(ids);
        }

        @Test
        void livesInASchema() throws SQLException {
            server().execute("CREATE SCHEMA IF NOT EXISTS shop");
            Stage stage = new Stage(server(), new Outbox("shop.events"));
            stage.committed("a1");

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly("a1");
        }
    }

    @Nested
    class OnMariaDb extends Contract {
        @Override
        Server server() {
            return Servers.mariaDb();
        }
    }

    private static EventBuilder form(String id) {
        return Tidings.inProcess()
                .source(URI.create("/s"))
                .open()
                .event("a.b.c")
                .id(id);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(CloudEvent event) {
        return EventCoding.json(event).toUtf8();
    }
}
