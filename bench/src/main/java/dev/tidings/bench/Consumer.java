package dev.tidings.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A consumer that counts, confirms each so many events, and measures how long ago an event was meant to be sent.
public final class Consumer {
    private static final byte[] SENT = Events.SENT.getBytes(StandardCharsets.US_ASCII);

    private final int confirmEach;
    private final AtomicLong received;
    private final @Nullable Histogram latencyMicros;
    private final EventSocket socket = new EventSocket(this::event, () -> {});

    /// Held here because Vert.x closes the connections of a client that nobody holds.
    private @Nullable NetClient client;

    /// @param received      counts the events, together with other consumers
    /// @param latencyMicros gets the latency of each event; null: none is measured
    public Consumer(int confirmEach, AtomicLong received, @Nullable Histogram latencyMicros) {
        this.confirmEach = confirmEach;
        this.received = received;
        this.latencyMicros = latencyMicros;
    }

    public void open(Vertx vertx, int port, String query) {
        client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        socket.open(client, port, query);
    }

    public void close() {
        if (client != null) {
            client.close();
        }
    }

    private void event(EventSocket from, Buffer all, int start, int end) {
        received.incrementAndGet();
        if (latencyMicros != null) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sent(all, start));
            latencyMicros.recordValue(Math.clamp(micros, 0, latencyMicros.getHighestTrackableValue()));
        }
        if (from.offset() % confirmEach == 0) {
            from.confirm(from.offset());
        }
    }

    private static long sent(Buffer all, int start) {
        int at = start;
        int matched = 0;
        while (matched < SENT.length) {
            matched = all.getByte(at) == SENT[matched] ? matched + 1 : 0;
            at++;
        }
        long nanos = 0;
        for (byte digit = all.getByte(at); digit != '"'; digit = all.getByte(++at)) {
            nanos = nanos * 10 + digit - '0';
        }
        return nanos;
    }
}
