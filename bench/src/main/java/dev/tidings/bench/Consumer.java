package dev.tidings.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A WebSocket consumer that reads frames with hardly any work: it counts, confirms each so many events, and measures
/// how
/// long ago an event was meant to be sent.
public final class Consumer {
    private static final byte[] SENT = Events.SENT.getBytes(StandardCharsets.US_ASCII);

    private final int confirmEach;
    private final AtomicLong received;
    private final @Nullable Histogram latencyMicros;

    /// Held here because Vert.x closes the connections of a client that nobody holds.
    private @Nullable NetClient client;

    private @Nullable NetSocket socket;
    private Buffer rest = Buffer.buffer();
    private boolean upgraded;
    private long offset;

    /// @param received      counts the events, together with other consumers
    /// @param latencyMicros gets the latency of each event; null: none is measured
    public Consumer(int confirmEach, AtomicLong received, @Nullable Histogram latencyMicros) {
        this.confirmEach = confirmEach;
        this.received = received;
        this.latencyMicros = latencyMicros;
    }

    public void open(Vertx vertx, int port, String query) {
        client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        client.connect(port, "127.0.0.1").onSuccess(connected -> {
            socket = connected;
            connected.handler(this::read);
            connected.write("GET /ce/consume/ws?" + query + " HTTP/1.1\r\nhost: localhost\r\n"
                    + "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
                    + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "sec-websocket-protocol: cloudevents.json\r\n\r\n");
        });
    }

    public void close() {
        if (client != null) {
            client.close();
        }
    }

    private void read(Buffer chunk) {
        Buffer all = rest.length() == 0 ? chunk : rest.appendBuffer(chunk);
        int at = 0;
        if (!upgraded) {
            at = Answers.endOfHead(all);
            if (at < 0) {
                rest = all;
                return;
            }
            upgraded = true;
        }
        int next = frame(all, at);
        while (next > 0) {
            at = next;
            next = frame(all, at);
        }
        rest = at == all.length() ? Buffer.buffer() : all.getBuffer(at, all.length());
    }

    /// Takes the frame at `at` and returns where the next begins, or -1 where it is not whole yet.
    private int frame(Buffer all, int at) {
        if (all.length() - at < 2) {
            return -1;
        }
        int opcode = all.getByte(at) & 0x0f;
        int length = all.getByte(at + 1) & 0x7f;
        int start = at + (length < 126 ? 2 : length == 126 ? 4 : 10);
        if (all.length() < start) {
            return -1;
        }
        if (length >= 126) {
            length = length == 126 ? all.getUnsignedShort(at + 2) : (int) all.getLong(at + 2);
        }
        if (all.length() < start + length) {
            return -1;
        }
        if (opcode == 1) {
            event(all, start);
        } else if (opcode == 9) {
            control(10, all.getBytes(start, start + length));
        }
        return start + length;
    }

    private void event(Buffer all, int start) {
        offset++;
        received.incrementAndGet();
        if (latencyMicros != null) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sent(all, start));
            latencyMicros.recordValue(Math.clamp(micros, 0, latencyMicros.getHighestTrackableValue()));
        }
        if (offset % confirmEach == 0) {
            control(1, ("confirm:" + offset).getBytes(StandardCharsets.US_ASCII));
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

    private void control(int opcode, byte[] payload) {
        if (socket != null) {
            socket.write(Buffer.buffer()
                    .appendByte((byte) (0x80 | opcode))
                    .appendByte((byte) (0x80 | payload.length))
                    .appendInt(0)
                    .appendBytes(payload));
        }
    }
}
