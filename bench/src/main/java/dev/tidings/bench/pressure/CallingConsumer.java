package dev.tidings.bench.pressure;

import dev.tidings.bench.EventSocket;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A consumer that calls the producer for each event, and confirms when it has its answer.
final class CallingConsumer {
    static final String SENT = "\"id\":\"sent-";
    private static final byte[] SENT_BYTES = SENT.getBytes(StandardCharsets.US_ASCII);
    private static final int CONNECTIONS = 500;

    private final int producer;
    private final @Nullable Histogram latencyMicros;
    private final HttpClient http;
    private final NetClient net;
    private final EventSocket socket = new EventSocket(this::event, () -> {});
    /// Which answers are there, from the first that is not confirmed.
    private final BitSet answered = new BitSet();
    private long confirmed;

    /// @param producer      the port of whom it calls
    /// @param latencyMicros gets how long it took from the sending of an event to the answer; null: nothing does
    CallingConsumer(Vertx vertx, int producer, @Nullable Histogram latencyMicros) {
        this.producer = producer;
        this.latencyMicros = latencyMicros;
        this.http = vertx.createHttpClient(
                new HttpClientOptions(),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(-1));
        this.net = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    }

    void open(int broker, String query) {
        socket.open(net, broker, query);
    }

    void close() {
        socket.close();
        net.close();
        http.close();
    }

    private void event(EventSocket from, Buffer all, int start, int end) {
        long offset = from.offset();
        long sent = latencyMicros == null ? 0 : sent(all, start, end);
        http.request(HttpMethod.GET, producer, "127.0.0.1", "/things/" + offset)
                .compose(request -> request.send())
                .compose(response -> response.body())
                .onComplete(_ -> answered(offset, sent));
    }

    private void answered(long offset, long sent) {
        if (latencyMicros != null && sent > 0) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sent);
            latencyMicros.recordValue(Math.clamp(micros, 0, latencyMicros.getHighestTrackableValue()));
        }
        answered.set((int) offset);
        long before = confirmed;
        confirmed = answered.nextClearBit((int) confirmed + 1) - 1L;
        if (confirmed > before && !socket.closed()) {
            socket.confirm(confirmed);
        }
    }

    private static long sent(Buffer all, int start, int end) {
        int matched = 0;
        for (int at = start; at < end; at++) {
            matched = all.getByte(at) == SENT_BYTES[matched] ? matched + 1 : 0;
            if (matched == SENT_BYTES.length) {
                return number(all, at + 1);
            }
        }
        return 0;
    }

    private static long number(Buffer all, int from) {
        long number = 0;
        int at = from;
        for (byte digit = all.getByte(at); digit >= '0' && digit <= '9'; digit = all.getByte(++at)) {
            number = number * 10 + digit - '0';
        }
        return number;
    }
}
