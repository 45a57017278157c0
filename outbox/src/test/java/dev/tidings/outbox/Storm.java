package dev.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Receipt;
import dev.tidings.client.UnavailableException;
import dev.tidings.outbox.database.Server;
import io.cloudevents.CloudEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Programs add events while relays come and go, connections are cut, the database is killed and the broker is away.
///
/// Each program locks the row of a key, counts one up, adds the event of that number, and commits, or rolls back. So
/// at the end, whatever commit's answer was lost, the row says which events there have to be: one of each number, in
/// order, and no other.
final class Storm {
    private static final int KEYS = 5;
    private static final int PROGRAMS = 4;
    private static final long A_MOMENT = 10_000_000;

    private final Stage stage;
    private final Random random;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Set<Connection> ofRelays = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    Storm(Server server, long seed) {
        this.random = new Random(seed);
        this.stage = new Stage(server);
        server.execute("DROP TABLE IF EXISTS counted", "CREATE TABLE counted (id INT PRIMARY KEY, upto INT NOT NULL)");
        IntStream.range(0, KEYS).forEach(key -> server.execute("INSERT INTO counted VALUES (" + key + ", 0)"));
    }

    /// @param kills  how often the database is killed
    /// @param events how many are added between two kills, at least
    void rage(int kills, int events) {
        List<Thread> programs = IntStream.range(0, PROGRAMS)
                .mapToObj(i -> Thread.ofPlatform().start(() -> program(new Random(i))))
                .toList();
        List<Relay> relays = List.of(relay(), relay());
        relays.forEach(Relay::start);
        for (int i = 0; i < kills; i++) {
            awaitAttempts(events);
            stage.server.kill();
            stage.server.start();
        }
        awaitAttempts(events);
        over = true;
        programs.forEach(Storm::join);
        relays.forEach(Relay::close);
    }

    private void awaitAttempts(int more) {
        int enough = attempts.get() + more;
        while (attempts.get() < enough) {
            LockSupport.parkNanos(A_MOMENT);
        }
    }

    private Relay relay() {
        Relaying often = Relaying.DEFAULT.withInterval(Duration.ofMillis(2)).withBatch(7);
        return new Relay(stage.outbox, new Source(this::connection), this::publish, often);
    }

    private Connection connection() throws SQLException {
        Connection connection = stage.server.dataSource().getConnection();
        ofRelays.add(connection);
        return connection;
    }

    /// A broker that is away now and then, before or after it has stored; sometimes somebody's connection is cut.
    private synchronized CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        int what = random.nextInt(10);
        if (what == 0) {
            cut();
        }
        if (what == 1) {
            return CompletableFuture.failedFuture(new UnavailableException("before"));
        }
        CompletableFuture<Receipt> stored = stage.broker.publish(events);
        return what == 2 ? CompletableFuture.failedFuture(new UnavailableException("after")) : stored;
    }

    private void cut() {
        ofRelays.forEach(Cut::through);
        ofRelays.clear();
    }

    private void program(Random choice) {
        while (!over) {
            try (Connection connection = stage.server.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < 10 && !over; i++) {
                    transaction(connection, choice.nextInt(KEYS), choice.nextInt(4) > 0);
                }
            } catch (SQLException lost) { // the database was killed; what became of the transaction, its rows tell
                LockSupport.parkNanos(A_MOMENT);
            } finally {
                attempts.incrementAndGet();
            }
        }
    }

    private void transaction(Connection connection, int key, boolean commits) throws SQLException {
        attempts.incrementAndGet();
        int number = number(connection, key) + 1;
        try (PreparedStatement update = connection.prepareStatement("UPDATE counted SET upto = ? WHERE id = ?")) {
            update.setInt(1, number);
            update.setInt(2, key);
            update.executeUpdate();
        }
        String end = commits ? "-" : "-rolled-back-";
        stage.outbox.add(connection, stage.event(key + "-" + number + end + numbers.incrementAndGet()));
        if (commits) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }

    private static int number(Connection connection, int key) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT upto FROM counted WHERE id = ? FOR UPDATE")) {
            select.setInt(1, key);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /// Relays what is left, undisturbed, and checks all of it.
    void clear() throws SQLException {
        stage.drain(Relaying.DEFAULT);
        Map<String, List<Integer>> published = new HashMap<>();
        for (String id : stage.broker.ids()) {
            assertThat(id).doesNotContain("rolled-back");
            String[] parts = id.split("-");
            published.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(Integer.valueOf(parts[1]));
        }
        for (int key = 0; key < KEYS; key++) {
            int committed = Integer.parseInt(
                    stage.column("SELECT upto FROM counted WHERE id = " + key).getFirst());
            assertThat(published.getOrDefault(String.valueOf(key), List.of()))
                    .as("key %s", key)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, committed).boxed().toList());
        }
        assertThat(stage.waiting()).isEmpty();
        assertThat(stage.setAside()).isEmpty();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return stage.broker.ids().size() + " events, " + stage.broker.duplicates() + " duplicates";
    }
}
