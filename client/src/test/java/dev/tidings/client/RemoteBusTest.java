package dev.tidings.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.client.listening.Polled;
import dev.tidings.client.listening.Reception;
import dev.tidings.client.listening.Subscription;
import dev.tidings.client.metrics.MicrometerMetrics;
import dev.tidings.client.publishing.Outcome;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.wire.Problem;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a bus tells about itself, and what it adds to events, with a broker that answers what the test says.
@Timeout(60)
class RemoteBusTest {
    private static final Outcome REFUSED =
            new Outcome.Refused(new Problem(Problem.TYPES + "schema-violated", "invalid", 422, "no", List.of()));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerMetrics metrics = MicrometerMetrics.of(registry);
    private final Queue<CompletableFuture<Outcome>> answers = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    @Test
    void countsWhatIsFiredAndWhatTheBrokerSaysToIt() {
        try (Bus bus = open(Firing.DEFAULT.withLinger(Duration.ofMinutes(1)), Tracing.none())) {
            answers.add(CompletableFuture.completedFuture(accepted(3, 1)));
            for (int i = 0; i < 3; i++) {
                bus.fire(placed(bus));
            }
            bus.flush().join();
            answers.add(CompletableFuture.completedFuture(REFUSED));
            bus.fire(placed(bus));
            bus.flush().join();
        }

        assertThat(count("fired")).isEqualTo(4);
        assertThat(count("fired.bytes")).isGreaterThan(4 * 50);
        assertThat(count("accepted")).isEqualTo(3);
        assertThat(count("duplicates")).isEqualTo(1);
        assertThat(count("refused")).isEqualTo(1);
        assertThat(requests("accepted")).isEqualTo(1);
        assertThat(requests("refused")).isEqualTo(1);
    }

    @Test
    void countsWhatIsPublished() {
        try (Bus bus = open(Firing.DEFAULT, Tracing.none())) {
            answers.add(CompletableFuture.completedFuture(new Outcome.Unavailable("away", Duration.ZERO)));
            answers.add(CompletableFuture.completedFuture(accepted(2, 0)));
            bus.publish(List.of(placed(bus), placed(bus))).join();
            answers.add(CompletableFuture.completedFuture(REFUSED));

            assertThatThrownBy(
                            () -> bus.publish(List.of(placed(bus), placed(bus))).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(RefusedException.class);
        }

        assertThat(count("fired")).isZero();
        assertThat(count("accepted")).isEqualTo(2);
        assertThat(count("refused")).isEqualTo(2);
        assertThat(requests("unavailable")).isEqualTo(1);
    }

    @Test
    void showsWhatWaits() throws Exception {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        answers.add(answer);
        try (Bus bus = open(Firing.DEFAULT, Tracing.none());
                Bus other = open(Firing.DEFAULT, Tracing.none())) {
            bus.fire(placed(bus));
            assertThat(requests.poll(30, TimeUnit.SECONDS)).isNotNull();

            assertThat(gauge("waiting")).isEqualTo(1);
            assertThat(gauge("waiting.bytes")).isGreaterThan(50);
            assertThat(gauge("buffer.bytes"))
                    .isEqualTo(2.0 * Firing.DEFAULT.buffer().bytes());
            answer.complete(accepted(1, 0));
            bus.flush().join();
            assertThat(gauge("waiting")).isZero();
            assertThat(gauge("waiting.bytes")).isZero();
            assertThat(other.flush()).isDone();
        }
        assertThat(gauge("buffer.bytes")).isZero();
    }

    @Test
    void showsWhatAnEarlierRunLeftInItsSpool(@TempDir Path directory) throws Exception {
        Firing firing = Firing.DEFAULT.withSpool(directory).withClosing(Duration.ZERO);
        answers.add(new CompletableFuture<>());
        try (Bus bus = open(firing, Tracing.none())) {
            bus.fire(placed(bus));
            assertThat(requests.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(gauge("waiting")).isZero();
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        answers.add(answer);

        try (Bus bus = open(firing, Tracing.none())) {
            assertThat(gauge("waiting")).isEqualTo(1);
            assertThat(gauge("waiting.bytes")).isGreaterThan(50);
            assertThat(gauge("buffer.bytes")).isEqualTo(1L << 30);
            assertThatThrownBy(() -> open(firing, Tracing.none())).isInstanceOf(SpoolException.class);
            assertThat(gauge("buffer.bytes")).isEqualTo(1L << 30);
            answer.complete(accepted(1, 0));
            bus.flush().join();
            assertThat(gauge("waiting")).isZero();
        }
    }

    @Test
    void countsWhatFindsNoRoom() {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        answers.add(answer);
        Firing small = Firing.DEFAULT.withBuffer(new DataSize(1)).withPatience(Duration.ZERO);
        try (Bus bus = open(small, Tracing.none())) {
            bus.fire(placed(bus));

            assertThatThrownBy(() -> bus.fire(placed(bus))).isInstanceOf(BufferFullException.class);

            answer.complete(accepted(1, 0));
        }
        assertThat(count("overflowed")).isEqualTo(1);
        assertThat(count("fired")).isEqualTo(1);
    }

    @Test
    void writesTheTraceUnderWayIntoEventsThatHaveNone() throws Exception {
        try (Bus bus = open(Firing.DEFAULT, new OneTrace())) {
            bus.fire(placed(bus));
            assertThat(requests.poll(30, TimeUnit.SECONDS)).contains("\"traceparent\":\"now\"");

            bus.publish(List.of(placed(bus))).join();
            assertThat(requests.poll(30, TimeUnit.SECONDS)).contains("\"traceparent\":\"now\"");

            CloudEvent own = bus.event("Shop.Web.Order.Placed")
                    .extension("traceparent", "own")
                    .build();
            bus.publish(List.of(own)).join();
            assertThat(requests.poll(30, TimeUnit.SECONDS))
                    .contains("\"traceparent\":\"own\"")
                    .doesNotContain("now");
        }
    }

    private Bus open(Firing firing, Tracing tracing) {
        return new RemoteBus(
                new RemoteBus.Broker(
                        this::answer,
                        new Silent(),
                        () -> CompletableFuture.completedFuture(Optional.empty()),
                        () -> {}),
                new RemoteBus.Settings(
                        EventForm.of(URI.create("/shop"), null).tracedBy(tracing),
                        new RemoteBus.Member("shop", "p", new Subscription.Way(Transport.AUTOMATIC, true)),
                        firing,
                        (event, reason) -> {},
                        metrics));
    }

    private CompletableFuture<Outcome> answer(Bytes batch) {
        CompletableFuture<Outcome> answer = answers.poll();
        requests.add(batch.toUtf8());
        return answer == null ? CompletableFuture.completedFuture(accepted(1, 0)) : answer;
    }

    private static Outcome accepted(int events, int duplicates) {
        return new Outcome.Accepted(new dev.tidings.wire.Receipt(events, duplicates));
    }

    private static CloudEvent placed(Bus bus) {
        return bus.event("Shop.Web.Order.Placed").build();
    }

    private double count(String name) {
        return registry.get("tidings.client." + name).counter().count();
    }

    private double gauge(String name) {
        return registry.get("tidings.client." + name).gauge().value();
    }

    private long requests(String outcome) {
        return registry.get("tidings.client.requests")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    /// Everything is in one trace.
    private static final class OneTrace implements Tracing {
        @Override
        public Map<String, String> outgoing(CloudEvent event) {
            return Map.of(TRACEPARENT, "now");
        }

        @Override
        public void handle(CloudEvent event, String group, EventHandler handler) throws Exception {
            handler.handle(event);
        }
    }

    /// Never lets anybody in.
    private static final class Silent implements Reception {
        @Override
        public CompletableFuture<WebSocket> open(String query, WebSocket.Listener listener) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Polled> poll(String query) {
            return new CompletableFuture<>();
        }
    }
}
