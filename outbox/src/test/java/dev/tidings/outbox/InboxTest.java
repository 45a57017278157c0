package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.Bus;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Tidings;
import dev.tidings.client.inbox.JdbcInbox;
import dev.tidings.outbox.database.Server;
import dev.tidings.outbox.database.Servers;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The SDK's inbox on the databases that are here; what it promises on any, its own tests say.
@Timeout(120)
class InboxTest {
    abstract static class Contract {
        private static final Bus FORM =
                Tidings.inProcess().source(URI.create("/s")).open();

        private JdbcInbox inbox;

        abstract Server server();

        @BeforeEach
        void set() {
            server().execute("DROP TABLE IF EXISTS tidings_inbox", "DROP TABLE IF EXISTS handled_orders");
            server().execute(JdbcInbox.ddl().split(";\n"));
            server().execute("CREATE TABLE handled_orders (id VARCHAR(40))");
            inbox = new JdbcInbox(server().dataSource(), Duration.ofDays(7));
        }

        @Test
        void letsAnEventTakeEffectOnce() throws Exception {
            EventHandler handler = inbox.once("print", this::order);

            handler.handle(event("a"));
            handler.handle(event("a"));
            handler.handle(event("b"));

            assertThat(count("handled_orders")).isEqualTo(2);
        }

        @Test
        void undoesWhatAHandlerWroteThatFailed() throws Exception {
            EventHandler failing = inbox.once("print", (connection, event) -> {
                order(connection, event);
                throw new IllegalStateException("not now");
            });

            assertThatThrownBy(() -> failing.handle(event("a"))).hasMessage("not now");
            assertThat(count("handled_orders")).isZero();
            assertThat(count("tidings_inbox")).isZero();
            inbox.once("print", this::order).handle(event("a"));
            assertThat(count("handled_orders")).isOne();
        }

        @Test
        void letsAnEventTakeEffectOnceThatComesToManyAtTheSameTime() {
            EventHandler handler = inbox.once("print", this::order);

            atTheSameTime(16, () -> handler.handle(event("a")));

            assertThat(count("handled_orders")).isOne();
        }

        @Test
        void forgetsWhatIsOld() throws Exception {
            new JdbcInbox(server().dataSource(), Duration.ofDays(-1))
                    .once("print", this::order)
                    .handle(event("a"));

            new JdbcInbox(server().dataSource(), Duration.ofDays(-1)).sweep();

            assertThat(count("tidings_inbox")).isZero();
        }

        private void order(Connection connection, CloudEvent event) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO handled_orders VALUES (?)")) {
                insert.setString(1, event.getId());
                insert.executeUpdate();
            }
        }

        private static CloudEvent event(String id) {
            return FORM.event("a.b.c").id(id).build();
        }

        private int count(String table) {
            try (Connection connection = server().dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                rows.next();
                return rows.getInt(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private interface Attempt {
        void make() throws Exception;
    }

    private static void atTheSameTime(int threads, Attempt attempt) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<CompletableFuture<Void>> all = IntStream.range(0, threads)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> make(attempt), pool))
                    .toList();
            all.forEach(CompletableFuture::join);
        }
    }

    private static void make(Attempt attempt) {
        try {
            attempt.make();
        } catch (Exception e) {
            throw new IllegalStateException(e);
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
