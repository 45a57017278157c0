package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Receipt;
import dev.tidings.model.DataSize;
import dev.tidings.outbox.database.Memory;
import dev.tidings.outbox.database.Server;
import dev.tidings.outbox.database.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a relay does in a turn, on any database.
@Timeout(120)
class RoundTest {
    abstract static class Contract {
        private Stage stage;

        abstract Server server();

        @BeforeEach
        void set() {
            stage = new Stage(server());
        }

        @Test
        void sendsNoMoreInARequestThanIsAllowed() throws SQLException {
            stage.committed("a1", "a2", "a3", "a4", "a5");

            stage.drain(Stage.TWO_AT_ONCE);

            assertThat(stage.broker.requests).containsExactly(List.of("a1", "a2"), List.of("a3", "a4"), List.of("a5"));
        }

        @Test
        void losesNothingOfATransactionThatBeganEarlierAndCommitsWhileARequestIsUnderWay() {
            stage.inTransaction(connection -> {
                stage.outbox.add(connection, stage.event("a1"));
                stage.committed("b1");
                stage.broker.next(events -> {
                    commit(connection);
                    return stage.broker.arrive(events);
                });

                stage.drain(Relaying.DEFAULT);
            });

            assertThat(stage.broker.ids()).containsExactly("b1", "a1");
            assertThat(stage.waiting()).isEmpty();
        }

        @Test
        void sendsNoMoreBytesInARequestThanAreAllowedUnlessOneEventHas() throws SQLException {
            stage.committed("a1", "a2", "a3");
            int one = Integer.parseInt(
                    stage.column("SELECT bytes FROM tidings_outbox").getFirst());

            stage.drain(Relaying.DEFAULT.withBytes(new DataSize(2L * one + 2)));
            stage.committed("b1", "b2");
            stage.drain(Relaying.DEFAULT.withBytes(new DataSize(1)));

            assertThat(stage.broker.requests)
                    .containsExactly(List.of("a1", "a2"), List.of("a3"), List.of("b1"), List.of("b2"));
        }

        @Test
        void keepsEverythingWhileTheBrokerIsAwayAndLetsOthersTry() throws SQLException {
            stage.committed("a1", "a2");
            stage.broker.nextAway();
            try (Session session = stage.session();
                    Session other = stage.session()) {
                assertThat(stage.round(Relaying.DEFAULT).turn(session)).isEqualTo(Turn.AWAY);

                assertThat(stage.round(Relaying.DEFAULT).turn(other)).isEqualTo(Turn.SETTLED);
            }

            assertThat(stage.broker.requests).containsExactly(List.of("a1", "a2"), List.of("a1", "a2"));
            assertThat(stage.waiting()).isEmpty();
        }

        @Test
        void setsAsideWhatIsRefusedAndSendsTheRest() throws SQLException {
            stage.committed("a1", "a2", "b1", "a3");
            stage.broker.refused.addAll(List.of("a2", "b1"));

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly("a1", "a3");
            assertThat(stage.setAside()).containsExactly("a2", "b1");
            assertThat(stage.column("SELECT reason FROM tidings_outbox_refused ORDER BY entry"))
                    .first()
                    .isEqualTo("schema-violated (422): I do not like a2");
            assertThat(stage.refused)
                    .containsExactly(
                            "a2: schema-violated (422): I do not like a2",
                            "b1: schema-violated (422): I do not like b1");
        }

        @Test
        void sendsWhatWasSetAsideOnceItIsPutBack() throws SQLException {
            stage.committed("a1", "a2");
            stage.broker.refused.add("a1");
            stage.drain(Relaying.DEFAULT);
            stage.broker.refused.clear();

            server().execute(
                            "INSERT INTO tidings_outbox (added, event_key, source, event_id, bytes, event)"
                                    + " SELECT added, event_key, source, event_id, bytes, event"
                                    + " FROM tidings_outbox_refused ORDER BY entry",
                            "DELETE FROM tidings_outbox_refused");
            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly("a2", "a1");
            assertThat(stage.setAside()).isEmpty();
        }

        @Test
        void triesEachAloneWhereNoneIsToBlame() throws SQLException {
            stage.committed("a1", "a2", "a3", "a4");
            stage.broker.nextRefused(413, "request-too-large");
            stage.broker.next(stage.broker::arrive);
            stage.broker.nextRefused(413, "request-too-large");

            stage.drain(Relaying.DEFAULT.withBatch(3));

            assertThat(stage.broker.requests)
                    .containsExactly(
                            List.of("a1", "a2", "a3"), List.of("a1"), List.of("a2"), List.of("a3"), List.of("a4"));
            assertThat(stage.setAside()).containsExactly("a2");
        }

        @Test
        void setsNothingAsideWhereTheProgramItselfIsRefused() throws SQLException {
            stage.committed("a1");
            stage.broker.nextRefused(401, "unauthenticated");
            stage.broker.nextRefused(401, "not-allowed");
            stage.broker.nextRefused(404, "about:blank");
            Round round = stage.round(Relaying.DEFAULT);
            try (Session session = stage.session()) {
                for (int i = 0; i < 3; i++) {
                    assertThat(round.turn(session)).isEqualTo(Turn.AWAY);
                }
                assertThat(round.turn(session)).isEqualTo(Turn.SETTLED);
            }

            assertThat(stage.broker.ids()).containsExactly("a1");
            assertThat(stage.setAside()).isEmpty();
        }

        @Test
        void setsAsideARowThatIsNoEvent() throws SQLException {
            stage.committed("a1", "a2", "a3");
            server().execute("UPDATE tidings_outbox SET event = '{\"id\":\"a2\"}' WHERE event_id = 'a2'");

            stage.drain(Relaying.DEFAULT);

            assertThat(stage.broker.ids()).containsExactly("a1", "a3");
            assertThat(stage.setAside()).containsExactly("a2");
        }

        @Test
        void goesOnWhereTheListenerFails() throws SQLException {
            stage.committed("a1", "a2");
            stage.broker.refused.add("a1");
            Relaying failing = Relaying.DEFAULT.onRefused((event, why) -> {
                throw new IllegalStateException("the program's fault");
            });
            try (Session session = stage.session()) {
                Stage.drain(new Round(stage.broker, failing, new CompletableFuture<>()), session);
            }

            assertThat(stage.broker.ids()).containsExactly("a2");
        }

        @Test
        void doesNothingWhileAnotherIsAtIt() throws SQLException {
            stage.committed("a1");
            CompletableFuture<Receipt> answer = new CompletableFuture<>();
            stage.broker.next(events -> answer);
            try (Session leader = stage.session();
                    Session follower = stage.session()) {
                CompletableFuture<Turn> leading =
                        CompletableFuture.supplyAsync(() -> turn(stage.round(Relaying.DEFAULT), leader));
                stage.broker.awaitRequests(1);

                assertThat(stage.round(Relaying.DEFAULT).turn(follower)).isEqualTo(Turn.FOLLOWED);
                answer.complete(new Receipt(1, 0));
                leading.join();

                assertThat(stage.round(Relaying.DEFAULT).turn(follower)).isEqualTo(Turn.EMPTY);
            }
        }

        @Test
        void doesNotLetAnotherWaitLongerThanItsPatience() throws SQLException {
            stage.committed("a1");
            CompletableFuture<Receipt> late = new CompletableFuture<>();
            stage.broker.next(events -> late);
            try (Session slow = stage.session();
                    Session other = stage.session()) {
                CompletableFuture<Turn> slowly = CompletableFuture.supplyAsync(
                        () -> turn(stage.round(Relaying.DEFAULT.withPatience(Duration.ofMillis(1))), slow));
                stage.broker.awaitRequests(1);
                Round round = stage.round(Relaying.DEFAULT);
                while (round.turn(other) == Turn.FOLLOWED) {
                    Thread.onSpinWait();
                }
                assertThat(slowly).isNotDone();
                late.complete(new Receipt(1, 1));

                assertThat(slowly.join()).isEqualTo(Turn.AWAY);
            }
            assertThat(stage.waiting()).isEmpty();
        }

        @Test
        void tellsWhatWaits() throws SQLException {
            Instant now = Instant.parse("2026-01-31T10:00:00Z");
            Outbox earlier = stage.outbox.at(() -> now);
            stage.inTransaction(connection -> {
                earlier.add(connection, stage.events("a1", "a2", "a3"));
                connection.commit();
            });
            Relay relay = new Relay(
                    stage.outbox.at(() -> now.plusSeconds(90)), server().dataSource(), stage.broker, Relaying.DEFAULT);

            assertThat(relay.backlog()).isEqualTo(new Backlog(3, Duration.ofSeconds(90), 0));
            stage.broker.refused.add("a1");
            stage.drain(Relaying.DEFAULT);
            assertThat(relay.backlog()).isEqualTo(new Backlog(0, Duration.ZERO, 1));
        }

        @Test
        void givesItsConnectionBackAsItWas() throws SQLException {
            try (Connection connection = server().dataSource().getConnection()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                int timeout = connection.getNetworkTimeout();

                Session.over(Uncloseable.of(connection), stage.outbox, Duration.ofSeconds(9))
                        .close();

                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                assertThat(connection.getNetworkTimeout()).isEqualTo(timeout);
            }
        }

        @Test
        void doesNotTouchTablesOfAnotherFormat() {
            server().execute("UPDATE tidings_outbox_leader SET format = 2");

            assertThatThrownBy(() -> stage.session())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("format 2");

            server().execute("DELETE FROM tidings_outbox_leader");
            assertThatThrownBy(() -> stage.session()).isInstanceOf(SQLException.class);
        }

        private static void commit(Connection connection) {
            try {
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Turn turn(Round round, Session session) {
            try {
                return round.turn(session);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class OnH2 extends Contract {
        private final Server server = new Memory();

        @Override
        Server server() {
            return server;
        }
    }

    @Nested
    class OnPostgres extends Contract {
        @Override
        Server server() {
            return Servers.postgres();
        }
    }

    @Nested
    class OnMariaDb extends Contract {
        @Override
        Server server() {
            return Servers.mariaDb();
        }
    }
}
