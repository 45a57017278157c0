package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Receipt;
import dev.tidings.outbox.database.Memory;
import dev.tidings.outbox.database.Server;
import dev.tidings.outbox.database.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A relay in its thread.
@Timeout(60)
class RelayTest {
    private static final Relaying OFTEN = Relaying.DEFAULT.withInterval(Duration.ofMillis(5));
    /// Longer than a test may take: nobody finds anything by polling.
    private static final Relaying NEVER = Relaying.DEFAULT.withInterval(Duration.ofHours(1));

    private final Stage stage = new Stage(new Memory());
    private Relay relay = relay(OFTEN);

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void publishesWhatWaitedAndWhatComes() {
        stage.committed("a1");
        relay.start();
        stage.broker.awaitRequests(1);
        stage.committed("a2");
        stage.broker.awaitRequests(2);

        relay.close();

        assertThat(stage.broker.ids()).containsExactly("a1", "a2");
        assertThat(stage.waiting()).isEmpty();
    }

    @Test
    void looksAtTheOutboxWhenItIsWoken() {
        relay = relay(NEVER);
        relay.start();
        stage.committed("a1");

        relay.wake();

        stage.broker.awaitRequests(1);
    }

    @Test
    void isToldOfACommitByPostgres() {
        Server postgres = Servers.postgres();
        Stage there = new Stage(postgres);
        try (Relay listening = new Relay(there.outbox, postgres.dataSource(), there.broker, NEVER)) {
            there.committed("a1");
            listening.start();
            there.broker.awaitRequests(1);

            there.rolledBack("a2");
            there.committed("a3", "a4");
            there.broker.awaitRequests(2);
        }

        assertThat(there.broker.ids()).containsExactly("a1", "a3", "a4");
    }

    @Test
    void findsWhatPostgresWasNotAskedToTell() {
        Server postgres = Servers.postgres();
        Stage there = new Stage(postgres, new Outbox().polledOnly());
        try (Relay polling = new Relay(there.outbox, postgres.dataSource(), there.broker, OFTEN)) {
            polling.start();
            there.committed("a1");
            there.broker.awaitRequests(1);
        }
    }

    @Test
    void keepsTryingWhileTheBrokerIsAway() {
        for (int i = 0; i < 3; i++) {
            stage.broker.nextAway();
        }
        stage.committed("a1");
        relay.start();

        stage.broker.awaitRequests(4);
        relay.close();

        assertThat(stage.broker.ids()).containsExactly("a1");
    }

    @Test
    void goesOnWhereTheBusFailsInAWayNobodyForesaw() {
        stage.broker.next(events -> {
            throw new IllegalStateException("a bug");
        });
        stage.broker.next(events -> CompletableFuture.failedFuture(new IllegalStateException("another")));
        stage.committed("a1");
        relay.start();

        stage.broker.awaitRequests(3);
        relay.close();

        assertThat(stage.broker.ids()).containsExactly("a1");
    }

    @Test
    void keepsTryingWhileTheDatabaseIsAway() {
        AtomicInteger attempts = new AtomicInteger();
        DataSource away = new Source(() -> {
            if (attempts.getAndIncrement() < 2) {
                throw new SQLException("no connection");
            }
            return stage.server.dataSource().getConnection();
        });
        stage.committed("a1");
        relay = new Relay(stage.outbox, away, stage.broker, OFTEN);
        relay.start();

        stage.broker.awaitRequests(1);

        assertThat(attempts).hasValue(3);
    }

    @Test
    void settlesWhatIsUnderWayBeforeItEnds() throws Exception {
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        stage.broker.next(events -> answer);
        stage.committed("a1");
        relay.start();
        stage.broker.awaitRequests(1);
        Thread closing = Thread.ofPlatform().start(relay::close);
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        answer.complete(new Receipt(1, 0));
        closing.join();

        assertThat(stage.waiting()).isEmpty();
    }

    @Test
    void endsAtOnceWhereNothingIsUnderWayWhateverItWaitsFor() {
        relay = relay(NEVER);
        relay.start();
        stage.committed("a1");
        relay.wake();
        stage.broker.awaitRequests(1);

        relay.close();
        stage.committed("a2");
        relay.wake();

        assertThat(stage.waiting()).containsExactly("a2");
    }

    @Test
    void isStartedOnce() {
        relay.start();

        assertThatThrownBy(relay::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void mayBeClosedWithoutHavingBeenStarted() {
        relay.close();

        assertThat(stage.broker.requests).isEqualTo(List.of());
    }

    @Test
    void leavesNothingOfItselfInAConnectionOfPostgres() throws SQLException {
        Server postgres = Servers.postgres();
        Stage there = new Stage(postgres);
        try (Connection pooled = postgres.dataSource().getConnection()) {
            Session.over(Uncloseable.of(pooled), there.outbox, Duration.ofSeconds(9))
                    .close();

            assertThat(there.column(pooled, "SELECT pg_listening_channels()")).isEmpty();
            assertThat(there.column(pooled, "SHOW idle_in_transaction_session_timeout"))
                    .containsExactly("0");
        }
    }

    private Relay relay(Relaying config) {
        return new Relay(stage.outbox, stage.server.dataSource(), stage.broker, config);
    }
}
