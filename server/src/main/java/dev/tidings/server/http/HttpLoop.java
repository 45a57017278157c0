package dev.tidings.server.http;

import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one event loop keeps of its connections: their deadlines, and which Vert.x connection is which channel.
/// Belongs to that event loop. Time stands still between two [#tick]s, so that a deadline costs no look at a clock.
final class HttpLoop {
    /// A body that is sent without a pause takes far less.
    private static final Duration SLOW_BODY = Duration.ofSeconds(2);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final EventLoop eventLoop;
    private final LongSupplier nanoTime;
    private final DeadlineQueue heads;
    private final DeadlineQueue bodies;
    private final DeadlineQueue pieces;
    private final DeadlineQueue answers;
    private final DeadlineQueue idle;
    private final DeadlineQueue lingering;
    private final DeadlineQueue stalled;
    private final IdentityHashMap<HttpConnection, ConnectionGuard> guards = new IdentityHashMap<>();
    private @Nullable ConnectionGuard reading;
    private long now;
    private CharSequence date = "";

    HttpLoop(EventLoop eventLoop, HttpConfig.Deadlines deadlines, LongSupplier nanoTime) {
        this.eventLoop = eventLoop;
        this.nanoTime = nanoTime;
        heads = new DeadlineQueue(deadlines.head());
        bodies = new DeadlineQueue(deadlines.body());
        pieces = new DeadlineQueue(deadlines.body());
        answers = new DeadlineQueue(deadlines.answer());
        idle = new DeadlineQueue(deadlines.idle());
        lingering = new DeadlineQueue(deadlines.linger());
        stalled = new DeadlineQueue(deadlines.stall());
        now = nanoTime.getAsLong();
    }

    /// How often [#tick] must be called for deadlines of this length to be kept within a quarter.
    static Duration tickEvery(HttpConfig.Deadlines deadlines) {
        Duration shortest = Stream.of(
                        deadlines.head(),
                        deadlines.body(),
                        deadlines.answer(),
                        deadlines.idle(),
                        deadlines.linger(),
                        deadlines.stall())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return Duration.ofMillis(Math.clamp(shortest.toMillis() / 4, 10, 1000));
    }

    /// Lets time pass, and tells those who are late.
    void tick(Instant wallTime) {
        now = nanoTime.getAsLong();
        date = HTTP_DATE.format(wallTime);
        heads.expire(now);
        bodies.expire(now);
        pieces.expire(now);
        answers.expire(now);
        idle.expire(now);
        lingering.expire(now);
        stalled.expire(now);
    }

    /// When it ticked last, in nanoseconds.
    long now() {
        return now;
    }

    /// Runs the task on this event loop; at once, where this is it. May be called by any thread.
    void run(Runnable task) {
        if (eventLoop.inEventLoop()) {
            task.run();
        } else {
            eventLoop.execute(task);
        }
    }

    /// Runs the task on this event loop, behind what is to run there already. May be called by any thread.
    void later(Runnable task) {
        eventLoop.execute(task);
    }

    /// For the `Date` header.
    CharSequence date() {
        return date;
    }

    void awaitHead(DeadlineQueue.Entry entry) {
        heads.begin(entry, now);
    }

    void awaitBody(DeadlineQueue.Entry entry) {
        bodies.begin(entry, now);
    }

    /// The next piece of a body that is not kept in memory: to cut it would make no room for others.
    void awaitPiece(DeadlineQueue.Entry entry) {
        pieces.begin(entry, now);
    }

    /// Cuts the slowest of the bodies that are being read, so that others have its room; false where none is slow.
    boolean cutSlowestBody() {
        return bodies.hurry(now, SLOW_BODY);
    }

    void awaitTaking(DeadlineQueue.Entry entry) {
        answers.begin(entry, now);
    }

    void awaitDraining(DeadlineQueue.Entry entry) {
        stalled.begin(entry, now);
    }

    void awaitNextRequest(DeadlineQueue.Entry entry) {
        idle.begin(entry, now);
    }

    void linger(DeadlineQueue.Entry entry) {
        lingering.begin(entry, now);
    }

    /// The guard of the channel whose bytes are being read right now; null outside of a read.
    void reading(@Nullable ConnectionGuard guard) {
        reading = guard;
    }

    /// A connection begins to speak HTTP.
    void opened(HttpConnection connection) {
        ConnectionGuard guard = reading;
        if (guard != null) {
            guards.put(connection, guard);
            guard.speaks(connection);
        }
    }

    void closed(HttpConnection connection) {
        guards.remove(connection);
    }

    @Nullable
    ConnectionGuard guard(HttpConnection connection) {
        return guards.get(connection);
    }
}
