package dev.tidings.client.listening;

import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import dev.tidings.client.Metrics;
import dev.tidings.client.Transport;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.wire.Received;
import io.cloudevents.CloudEvent;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listener: its connection, made again whenever it is lost, and the handling of what comes. May be used
/// by any thread.
public final class Subscription implements Connection.Events {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    /// The broker pings each 20 s.
    static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Handling.How how;
    private final Parts parts;
    private final String query;
    private final Lines lines;
    private volatile Future<?> watch = CompletableFuture.completedFuture(null);
    private @Nullable Connection connection;
    private boolean webSocketRefused;
    private int failures;
    private boolean closed;

    /// What a listener needs.
    ///
    /// @param event   makes the program's event of what came
    /// @param backOff between tries to connect
    /// @param nanos   a clock that only goes forward
    public record Parts(
            Reception broker,
            Function<Received, CloudEvent> event,
            BackOff backOff,
            ScheduledExecutorService timer,
            LongSupplier nanos,
            Metrics.Receiving metrics,
            Way way) {}

    /// How to connect.
    ///
    /// @param returns whether what is left unconfirmed at the end is to wait for the process
    public record Way(Transport transport, boolean returns) {}

    /// @param query the parameters of its instances, encoded
    public Subscription(Listening listening, EventHandler handler, String query, Parts parts) {
        this.how = new Handling.How(listening, handler, parts.metrics);
        this.query = query;
        this.parts = parts;
        this.lines = new Lines(listening.name(), listening.concurrency());
    }

    /// Connects, now and whenever the connection is lost.
    public void start() {
        long look = LOOK.toMillis();
        watch = parts.timer().scheduleWithFixedDelay(this::watch, look, look, TimeUnit.MILLISECONDS);
        connect();
    }

    private void connect() {
        if (polls()) {
            PolledConnection next = new PolledConnection(this, parts.nanos, parts.way.returns);
            if (begins(next)) {
                next.over(parts.broker().poll(query));
            }
            return;
        }
        SocketConnection next = new SocketConnection(this, parts.nanos, parts.way.returns);
        if (!begins(next)) {
            return;
        }
        Future<?> unused = parts.broker().open(query, next).whenComplete((socket, failure) -> {
            if (failure != null) {
                refused(failure);
                next.failed(reason(failure));
            } else if (isClosed()) {
                next.failed("the listener was closed meanwhile");
            }
        });
    }

    /// Where something on the way refuses WebSockets, the next connection is polled, and the one after that is a
    /// WebSocket again.
    private synchronized boolean polls() {
        boolean polls = parts.way.transport == Transport.LONG_POLLING || webSocketRefused;
        webSocketRefused = false;
        return polls;
    }

    private synchronized void refused(Throwable failure) {
        webSocketRefused = parts.way.transport == Transport.AUTOMATIC
                && (failure instanceof WebSocketHandshakeException
                        || failure.getCause() instanceof WebSocketHandshakeException);
    }

    private synchronized boolean begins(Connection next) {
        if (!closed) {
            connection = next;
        }
        return !closed;
    }

    @Override
    public void opened() {
        parts.metrics.connected(true);
    }

    @Override
    public void arrived(Connection from, Received event) {
        parts.metrics.received();
        synchronized (this) {
            failures = 0;
        }
        Arrival arrival = new Arrival(this, from.settling(), event, parts.nanos.getAsLong());
        lines.add(arrival.key(), new Handling(how, parts.event().apply(event), arrival));
    }

    @Override
    public void lost(Connection gone, String why) {
        parts.metrics.connected(false);
        again("no connection: " + why);
    }

    /// Whether it has its connection to the broker now.
    public boolean isConnected() {
        Connection current;
        synchronized (this) {
            current = connection;
        }
        return current != null && current.isConnected();
    }

    /// Begins nothing more, lets handlers finish and confirms what they did, within that time.
    public void close(Duration patience) {
        Connection last;
        synchronized (this) {
            closed = true;
            last = connection;
        }
        watch.cancel(false);
        if (!lines.close(patience)) {
            LOG.warn("listener {}: handlers still run after {}; what they handle comes again", name(), patience);
        }
        if (last != null) {
            await(last, patience);
        }
        parts.metrics.close();
    }

    private void await(Connection last, Duration patience) {
        try {
            last.settling().goodbye().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("listener {}: the connection ended without a goodbye", name(), e);
        }
    }

    private void watch() {
        Connection current;
        synchronized (this) {
            current = connection;
        }
        if (current != null) {
            current.endIfSilent(SILENCE);
        }
    }

    private String name() {
        return how.listening().name();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void again(String why) {
        Duration delay;
        synchronized (this) {
            if (closed) {
                return;
            }
            delay = parts.backOff().delay(failures++, Duration.ZERO);
        }
        LOG.warn("listener {}: {}; trying again in {} ms", name(), why, delay.toMillis());
        Future<?> unused = parts.timer().schedule(this::connect, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null
                ? "the broker answered " + refused.getResponse().statusCode() + " "
                        + refused.getResponse().body()
                : String.valueOf(cause);
    }

    /// What becomes of an event that came by one connection.
    ///
    /// @param at when it came
    private record Arrival(Subscription home, Settling settling, Received received, long at)
            implements Handling.Settlement {
        @Nullable
        String key() {
            return received.attributes().get("partitionkey") instanceof String text ? text : null;
        }

        @Override
        public boolean isVoid() {
            return home.isClosed() || settling.isOver() || isGivenBack();
        }

        /// Where it has been taken back with one of its key, to say so once more does nothing.
        private boolean isGivenBack() {
            String key = key();
            boolean covered = key != null && settling.givenBack().covers(key, identity(), at);
            if (covered) {
                settling.release(received.offset(), Duration.ZERO);
            }
            return covered;
        }

        @Override
        public void done() {
            settling.done(received.offset());
        }

        @Override
        public void dead(String why) {
            settling.dead(received.offset(), Reports.of(received, why));
        }

        @Override
        public Optional<Duration> later(Optional<Duration> delay) {
            String key = key();
            if (key != null) {
                settling.givenBack().add(key, identity());
            }
            settling.release(received.offset(), delay.orElse(null));
            return Optional.empty();
        }

        private GivenBack.Identity identity() {
            return new GivenBack.Identity(
                    received.attributes().get("source"), received.attributes().get("id"));
        }
    }
}
