package dev.tidings.bench.soak;

import dev.tidings.bench.EventSocket;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// All that users do at once. One group is checked: three instances that come, go and die share all events, and
/// a witness sees that none is lost and no key overtaken. Beside it: a group that stays, one that polls, one
/// that looks after the dead events, and guests, whose groups are used for a while and lie fallow until their
/// turn comes again.
final class Traffic implements AutoCloseable {
    private static final int GUESTS = 40;
    private static final int GUESTS_AT_ONCE = 6;
    private static final int GUEST_EACH_MILLIS = 3_000;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(4711);
    private final Producers producers;
    private final Witness witness;
    private final Seat.Room room;
    private final List<Seat> seats = new ArrayList<>();
    private final Deque<Seat> guests = new ArrayDeque<>();
    private final List<Poller> pollers = new ArrayList<>();
    private long guestsSeated;
    private long deadSeen;

    Traffic(int port) {
        producers = new Producers(vertx, port);
        witness = new Witness(producers.keys().count());
        room = new Seat.Room(vertx, client, port, random, witness);
        for (int i = 0; i < 2; i++) {
            pollers.add(new Poller(http, port, new Random(i)));
        }
    }

    Producers producers() {
        return producers;
    }

    /// @param eventsPerSecond that are published from now on
    void start(double eventsPerSecond) {
        onLoop(() -> {
            for (int i = 0; i < 3; i++) {
                seats.add(seat(
                        new Seat.Habit("group=checked", 20 + 30 * i, 4_999, 30_000),
                        (from, all, start, end) -> Goods.read(all, start, witness)));
            }
            for (int i = 0; i < 2; i++) {
                seats.add(
                        seat(new Seat.Habit("group=steady&types=" + Goods.plainTypes(0), 100, 0, 0), Traffic::ignore));
            }
            seats.add(seat(
                    new Seat.Habit("dead=true&events=false&test=false", 1, 0, 60_000),
                    (from, all, start, end) -> deadSeen++));
            vertx.setPeriodic(GUEST_EACH_MILLIS, timer -> seatGuest());
            return true;
        });
        pollers.forEach(Thread.ofVirtual().name("poller")::start);
        producers.start(eventsPerSecond);
    }

    /// Publishes nothing more, and waits until the checked group has all of it, or until nothing came for a while.
    void finish() throws InterruptedException {
        producers.stop();
        long before = -1;
        long seen = onLoop(witness::seen);
        while (missing() > 0 && seen != before) {
            Thread.sleep(TimeUnit.SECONDS.toMillis(10));
            before = seen;
            seen = onLoop(witness::seen);
        }
    }

    /// How many events that were made the checked group has not seen; some may not be published yet.
    long missing() {
        return onLoop(() -> witness.missing(producers.keys()));
    }

    /// What happened so far, as sentences; and what is wrong.
    Account account() {
        long polls = pollers.stream().mapToLong(Poller::polls).sum();
        return onLoop(() -> new Account(
                "%,d events published; the checked group saw them with %,d deliveries, %,d of them again; %,d polls, %,d dead events looked after, %,d guests"
                        .formatted(
                                producers.keys().all(),
                                witness.seen(),
                                witness.repeated(),
                                polls,
                                deadSeen,
                                guestsSeated),
                witness.broken(),
                witness.complaints()));
    }

    /// @param broken how many promises were
    record Account(String summary, long broken, List<String> complaints) {}

    private void seatGuest() {
        if (guests.size() == GUESTS_AT_ONCE) {
            guests.removeFirst().end();
        }
        long guest = guestsSeated++ % GUESTS;
        String type = Goods.type((int) (guest % Goods.STREAMS), (int) (guest % 12));
        // One in five never confirms, and is blocked before long.
        int confirmEach = guest % 5 == 0 ? 0 : 10;
        guests.add(seat(
                new Seat.Habit("from=latest&group=guest%d&types=%s".formatted(guest, type), confirmEach, 0, 10_000),
                Traffic::ignore));
    }

    private Seat seat(Seat.Habit habit, EventSocket.Receiver reader) {
        return new Seat(room, habit, reader);
    }

    private static void ignore(EventSocket from, Buffer all, int start, int end) {}

    private <T> T onLoop(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        vertx.runOnContext(nothing -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done.join();
    }

    @Override
    public void close() {
        pollers.forEach(Poller::stop);
        onLoop(() -> {
            seats.forEach(Seat::end);
            guests.forEach(Seat::end);
            return true;
        });
        http.shutdownNow();
        vertx.close().await();
    }
}
