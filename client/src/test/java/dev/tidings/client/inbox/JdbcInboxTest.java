package dev.tidings.client.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.EventHandler;
import io.cloudevents.CloudEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdbcInboxTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T10:00:00Z"));
    private final JdbcDataSource database = new JdbcDataSource();
    private JdbcInbox inbox;
    private Connection keepsItAlive;

    @BeforeEach
    void create() throws SQLException {
        database.setURL("jdbc:h2:mem:" + getClass().getSimpleName());
        keepsItAlive = database.getConnection();
        for (String statement : JdbcInbox.ddl().split(";\n")) {
            execute(statement);
        }
        execute("CREATE TABLE orders (id VARCHAR(10))");
        inbox = new JdbcInbox(new OwnTransactions(database), Duration.ofDays(7), now::get);
    }

    @AfterEach
    void drop() throws SQLException {
        execute("DROP ALL OBJECTS");
        keepsItAlive.close();
    }

    @Test
    void letsAnEventTakeEffectOnce() throws Exception {
        EventHandler handler = inbox.once("print", this::order);

        handler.handle(Events.event("a"));
        handler.handle(Events.event("a"));
        handler.handle(Events.event("b"));

        assertThat(count("orders")).isEqualTo(2);
    }

    @Test
    void letsItTakeEffectOnceForEachListener() throws Exception {
        inbox.once("print", this::order).handle(Events.event("a"));
        inbox.once("count", this::order).handle(Events.event("a"));

        assertThat(count("orders")).isEqualTo(2);
    }

    @Test
    void undoesWhatAHandlerWroteThatFailed() throws Exception {
        EventHandler failing = inbox.once("print", (connection, event) -> {
            order(connection, event);
            throw new IllegalStateException("not now");
        });

        assertThatThrownBy(() -> failing.handle(Events.event("a"))).hasMessage("not now");
        assertThat(count("orders")).isZero();
        assertThat(count("tidings_inbox")).isZero();
        inbox.once("print", this::order).handle(Events.event("a"));
        assertThat(count("orders")).isOne();
    }

    @Test
    void letsAnEventTakeEffectOnceThatComesToManyAtTheSameTime() {
        EventHandler handler = inbox.once("print", this::order);

        List<CompletableFuture<Void>> all = IntStream.range(0, 16)
                .mapToObj(_ -> CompletableFuture.runAsync(() -> attempt(handler)))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();

        assertThat(count("orders")).isOne();
    }

    @Test
    void forgetsWhatIsOld() throws Exception {
        EventHandler handler = inbox.once("print", this::order);
        handler.handle(Events.event("a"));
        now.updateAndGet(time -> time.plus(Duration.ofDays(6)));
        handler.handle(Events.event("b"));
        handler.handle(Events.event("a"));
        assertThat(count("tidings_inbox")).isEqualTo(2);

        now.updateAndGet(time -> time.plus(Duration.ofDays(2)));
        handler.handle(Events.event("c"));

        assertThat(count("tidings_inbox")).isEqualTo(2);
        assertThat(count("orders")).isEqualTo(3);
    }

    @Test
    void failsWhereTheDatabaseDoes() throws SQLException {
        execute("DROP TABLE tidings_inbox");

        assertThatThrownBy(() -> inbox.once("print", this::order).handle(Events.event("a")))
                .isInstanceOf(SQLException.class);
        assertThat(count("orders")).isZero();
    }

    private void order(Connection connection, CloudEvent event) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO orders VALUES ('" + event.getId() + "')");
        }
    }

    private static void attempt(EventHandler handler) {
        try {
            handler.handle(Events.event("a"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = keepsItAlive.createStatement()) {
            statement.execute(sql);
        }
    }

    private int count(String table) {
        try (Statement statement = keepsItAlive.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
