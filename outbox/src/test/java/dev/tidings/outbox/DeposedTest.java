package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Receipt;
import dev.tidings.outbox.database.Memory;
import dev.tidings.outbox.database.Server;
import dev.tidings.outbox.database.Servers;
import io.cloudevents.CloudEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A relay that has lost its lock while its request is on its way: what comes late must do no harm.
@Timeout(120)
class DeposedTest {
    @Test
    void isReplacedWhereItLosesItsConnectionOnH2() throws SQLException {
        losesItsConnection(new Memory());
    }

    @Test
    void isReplacedWhereItLosesItsConnectionOnPostgres() throws SQLException {
        losesItsConnection(Servers.postgres());
    }

    @Test
    void isReplacedWhereItLosesItsConnectionOnMariaDb() throws SQLException {
        losesItsConnection(Servers.mariaDb());
    }

    @Test
    void isReplacedWhereItHangsOnPostgres() throws Exception {
        hangs(Servers.postgres());
    }

    @Test
    void isReplacedWhereItHangsOnMariaDb() throws Exception {
        hangs(Servers.mariaDb());
    }

    private static void losesItsConnection(Server server) throws SQLException {
        Stage stage = new Stage(server);
        AtomicReference<List<CloudEvent>> onItsWay = new AtomicReference<>();
        CompletableFuture<Receipt> answer = new CompletableFuture<>();
        stage.broker.next(events -> {
            onItsWay.set(events);
            return answer;
        });
        stage.committed("a1", "b1", "a2");
        Connection connection = server.dataSource().getConnection();
        Session deposed = Session.over(connection, stage.outbox, Duration.ofMinutes(1));
        CompletableFuture<Turn> late =
                CompletableFuture.supplyAsync(() -> turn(stage.round(Stage.TWO_AT_ONCE), deposed));
        stage.broker.awaitRequests(1);
        Cut.through(connection);
        stage.committed("a3", "b2");
        goOn(stage);

        assertThat(stage.broker.arrive(onItsWay.get())).isCompleted();
        answer.complete(new Receipt(2, 2));

        assertThatThrownBy(late::join).isInstanceOf(CompletionException.class);
        assertThatThrownBy(deposed::close).isInstanceOf(SQLException.class);
        assertThat(stage.broker.ids()).containsExactly("a1", "b1", "a2", "a3", "b2");
        assertThat(stage.broker.duplicates()).isEqualTo(2);
        assertThat(stage.waiting()).isEmpty();
    }

    /// The process is stopped where it is, its connections are open.
    private static void hangs(Server server) throws Exception {
        Stage stage = new Stage(server);
        CountDownLatch continued = new CountDownLatch(1);
        stage.broker.next(events -> {
            await(continued);
            return stage.broker.arrive(events);
        });
        stage.committed("a1", "b1", "a2");
        Session hanging = Session.over(server.dataSource().getConnection(), stage.outbox, Duration.ofMillis(500));
        CompletableFuture<Turn> late =
                CompletableFuture.supplyAsync(() -> turn(stage.round(Stage.TWO_AT_ONCE), hanging));
        stage.broker.awaitRequests(1);
        stage.committed("a3");
        goOn(stage);

        continued.countDown();

        assertThatThrownBy(late::join).isInstanceOf(CompletionException.class);
        assertThatThrownBy(hanging::close).isInstanceOf(SQLException.class);
        assertThat(stage.broker.ids()).containsExactly("a1", "b1", "a2", "a3");
        assertThat(stage.broker.duplicates()).isEqualTo(2);
        assertThat(stage.waiting()).isEmpty();
    }

    /// Another relay, until nothing waits; it follows until the database has noticed.
    private static void goOn(Stage stage) throws SQLException {
        stage.drain(Stage.TWO_AT_ONCE);
    }

    private static Turn turn(Round round, Session session) {
        try {
            return round.turn(session);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
