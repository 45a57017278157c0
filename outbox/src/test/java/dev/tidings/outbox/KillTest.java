package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.outbox.database.Memory;
import dev.tidings.outbox.database.Server;
import dev.tidings.outbox.database.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A relay, its connection, or the database ends before each single step of its work; another relay goes on.
@Timeout(300)
class KillTest {
    @Test
    void losesNothingWhereverTheRelayIsKilledOnH2() throws Exception {
        relayIsKilledAtEachStep(new Memory());
    }

    @Test
    void losesNothingWhereverTheRelayIsKilledOnPostgres() throws Exception {
        relayIsKilledAtEachStep(Servers.postgres());
    }

    @Test
    void losesNothingWhereverTheRelayIsKilledOnMariaDb() throws Exception {
        relayIsKilledAtEachStep(Servers.mariaDb());
    }

    /// Which is for the database what the end of the process is.
    @Test
    void losesNothingWhereItsConnectionIsCutOnPostgres() throws Exception {
        Server server = Servers.postgres();
        atSteps(server, StormTest.LONGER > 1 ? 1 : 3, step -> Steps.faultBefore(step, KillTest::cut));
    }

    @Test
    void losesNothingWhereverTheDatabaseIsKilledOnPostgres() throws Exception {
        Server server = Servers.postgres();
        atSteps(server, 1, step -> Steps.faultBefore(step, gone -> restart(server)));
    }

    /// Which takes long to start: before some steps only, unless the storm is to be long.
    @Test
    void losesNothingWhereTheDatabaseIsKilledOnMariaDb() throws Exception {
        Server server = Servers.mariaDb();
        atSteps(server, StormTest.LONGER > 1 ? 1 : 6, step -> Steps.faultBefore(step, gone -> restart(server)));
    }

    private interface Disturbed {
        Steps before(int step);
    }

    private static void relayIsKilledAtEachStep(Server server) throws Exception {
        atSteps(server, 1, Steps::killedBefore);
    }

    private static void restart(Server server) {
        server.kill();
        server.start();
    }

    /// Ends the session as the database's administrator would.
    private static void cut(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
        } catch (SQLException ended) { // as it should be
            assertThat(ended.getSQLState()).isEqualTo("57P01");
        }
    }

    /// @param every 1: before each step; 2: before every second
    private static void atSteps(Server server, int every, Disturbed disturbed) throws Exception {
        Stage stage = filled(server);
        Steps all = Steps.undisturbed();
        relay(stage, all);
        isComplete(stage);
        for (int step = 0; step < all.done.size(); step += every) {
            Stage again = filled(server);
            Steps steps = disturbed.before(step);

            assertThatThrownBy(() -> relay(again, steps))
                    .as("before step %s", step)
                    .isNotNull();
            again.drain(Stage.TWO_AT_ONCE);

            isComplete(again);
        }
        assertThat(all.done).hasSizeGreaterThan(20);
    }

    private static Stage filled(Server server) {
        Stage stage = new Stage(server);
        stage.committed("a1", "b1");
        stage.rolledBack("a0", "b0");
        stage.committed("a2", "b2");
        stage.committed("a3");
        stage.broker.refused.add("a2");
        return stage;
    }

    private static void relay(Stage stage, Steps steps) throws Exception {
        Connection connection = steps.connection(stage.server.dataSource());
        Publishing broker = steps.publishing(stage.broker, connection);
        Round round = new Round(broker, Stage.TWO_AT_ONCE, new CompletableFuture<>());
        try (Session session = Session.over(connection, stage.outbox, Relaying.DEFAULT.silence())) {
            Stage.drain(round, session);
        }
    }

    private static void isComplete(Stage stage) {
        List<String> ids = stage.broker.ids();
        assertThat(ids).containsExactlyInAnyOrder("a1", "b1", "b2", "a3");
        assertThat(ids).containsSubsequence("a1", "a3").containsSubsequence("b1", "b2");
        assertThat(stage.setAside()).containsExactly("a2");
        assertThat(stage.waiting()).isEmpty();
    }
}
