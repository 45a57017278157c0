package dev.tidings.client;

import dev.tidings.client.listening.Polled;
import dev.tidings.client.listening.Reception;
import dev.tidings.client.listening.Subscription;
import dev.tidings.client.publishing.Outcome;
import dev.tidings.wire.Receipt;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What the SDK costs without a network: an event of 500 bytes from `fire` until a broker that answers at once has
/// taken it, and from a WebSocket's text until its handler has returned and it is confirmed.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BusBenchmark {
    private static final int MANY = 500;
    private static final String TYPE = "Shop.Web.Order.Placed";

    private final Wire wire = new Wire();
    private final List<CloudEvent> events = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private @Nullable Path directory;
    private @Nullable Bus bus;
    private @Nullable Bus spooled;
    private long offset;

    @Setup
    public void open() throws IOException {
        Path spool = Files.createTempDirectory("tidings-bench");
        directory = spool;
        spooled = open(Firing.DEFAULT.withSpool(spool));
        Bus opened = open(Firing.DEFAULT);
        byte[] data = ("{\"filler\":\"" + "x".repeat(260) + "\"}").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < MANY; i++) {
            CloudEvent event = opened.event(TYPE)
                    .key("k" + i % 100)
                    .data("application/json", data)
                    .build();
            events.add(event);
            texts.add(EventCoding.json(event).toUtf8().substring(1));
        }
        opened.listen(Listening.to("all", TYPE), event -> {});
        bus = opened;
    }

    private Bus open(Firing firing) {
        return new RemoteBus(
                new RemoteBus.Broker(
                        batch -> CompletableFuture.completedFuture(new Outcome.Accepted(new Receipt(1, 0))),
                        wire,
                        () -> CompletableFuture.completedFuture(Optional.empty()),
                        () -> {}),
                new RemoteBus.Settings(
                        EventForm.of(URI.create("https://shop.example/web"), null),
                        new RemoteBus.Member("bench", "p", new Subscription.Way(Transport.AUTOMATIC, true)),
                        firing.withLinger(Duration.ZERO),
                        (event, reason) -> {},
                        Metrics.none()));
    }

    @TearDown
    public void close() throws IOException {
        if (bus != null && spooled != null && directory != null) {
            bus.close();
            spooled.close();
            for (String left : List.of("settled", "lock", "lock.jvm", "")) {
                Files.delete(directory.resolve(left));
            }
        }
    }

    /// What happens in the caller's thread, but for the buffer.
    @Benchmark
    @OperationsPerInvocation(MANY)
    public long encode() {
        long bytes = 0;
        for (CloudEvent event : events) {
            bytes += EventCoding.json(event).length();
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(MANY)
    public @Nullable Object fireAndFlush() {
        return fireAndFlush(bus);
    }

    /// The same through a buffer on disk.
    @Benchmark
    @OperationsPerInvocation(MANY)
    public @Nullable Object spoolAndFlush() {
        return fireAndFlush(spooled);
    }

    private @Nullable Object fireAndFlush(@Nullable Bus open) {
        if (open == null) {
            return null;
        }
        events.forEach(open::fire);
        return open.flush().join();
    }

    @Benchmark
    @OperationsPerInvocation(MANY)
    public long deliver() throws InterruptedException {
        for (String text : texts) {
            wire.send("{\"offset\":\"" + ++offset + "\"," + text);
        }
        wire.awaitConfirmation(offset);
        return offset;
    }

    /// A WebSocket whose network takes everything at once.
    private static final class Wire implements WebSocket, Reception {
        private final Semaphore confirmations = new Semaphore(0);
        private volatile long confirmed;
        private WebSocket.@Nullable Listener listener;

        @Override
        public CompletableFuture<WebSocket> open(String query, WebSocket.Listener opened) {
            listener = opened;
            opened.onOpen(this);
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public CompletableFuture<Polled> poll(String query) {
            throw new AssertionError("there is no need to poll");
        }

        void send(String text) {
            if (listener != null) {
                var _ = listener.onText(this, text, true);
            }
        }

        void awaitConfirmation(long upTo) throws InterruptedException {
            while (confirmed < upTo) {
                confirmations.acquire();
            }
        }

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
            confirmed = Long.parseLong(data, "confirm:".length(), data.length(), 10);
            confirmations.release();
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public void request(long count) {}

        @Override
        public String getSubprotocol() {
            return "cloudevents.json";
        }

        @Override
        public boolean isOutputClosed() {
            return false;
        }

        @Override
        public boolean isInputClosed() {
            return false;
        }

        @Override
        public void abort() {}
    }
}
