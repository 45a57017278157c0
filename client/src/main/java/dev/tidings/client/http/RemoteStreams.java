package dev.tidings.client.http;

import dev.tidings.client.UnavailableException;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.client.streams.BatchHandler;
import dev.tidings.client.streams.Following;
import dev.tidings.client.streams.Reading;
import dev.tidings.client.streams.StreamBatch;
import dev.tidings.client.streams.StreamInfo;
import dev.tidings.client.streams.Streams;
import dev.tidings.model.Bytes;
import dev.tidings.wire.Received;
import dev.tidings.wire.StreamPage;
import io.cloudevents.CloudEvent;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The streams of a broker. May be used by any thread.
public final class RemoteStreams implements Streams {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final Calls calls;
    private final Parts parts;
    private final Set<StreamFollower> followers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// What it needs.
    ///
    /// @param event   makes the program's event of what came
    /// @param backOff between tries of whoever follows
    /// @param closing how long the end of a handler is waited for
    public record Parts(Function<Received, CloudEvent> event, BackOff backOff, Duration closing) {}

    public RemoteStreams(Calls calls, Parts parts) {
        this.calls = calls;
        this.parts = parts;
    }

    @Override
    public CompletableFuture<List<StreamInfo>> list() {
        return calls.ask(calls.requests().to("/ce/streams").timeout(ANSWER_TIMEOUT))
                .thenApply(answer -> Json.read(answer, RemoteStreams::list));
    }

    private static List<StreamInfo> list(JsonNode answer) {
        List<StreamInfo> streams = new ArrayList<>();
        for (JsonNode stream : answer.path("streams")) {
            JsonNode rates = stream.path("eventsPerSecond");
            streams.add(new StreamInfo(
                    stream.path("stream").asString(),
                    Json.texts(stream.path("types")),
                    stream.path("earliest").asString(),
                    stream.path("latest").asString(),
                    stream.path("positions").asLong(),
                    rates.path("lastMinute").asDouble(),
                    rates.path("lastTenMinutes").asDouble()));
        }
        return List.copyOf(streams);
    }

    @Override
    public CompletableFuture<StreamBatch> read(Reading reading) {
        Parameters query = new Parameters()
                .put(reading.startParameter(), reading.startValue())
                .put("types", reading.types().isEmpty() ? null : String.join(",", reading.types()))
                .put("filter", reading.filter())
                .put("max", reading.max())
                .put("wait", reading.patience().toSeconds());
        HttpRequest.Builder request = calls.requests()
                .to("/ce/streams/" + Parameters.encoded(reading.stream()) + "/events?" + query)
                .header("accept", "application/json")
                .timeout(ANSWER_TIMEOUT.plus(reading.patience()));
        CompletableFuture<HttpResponse<byte[]>> asking = calls.ask(request);
        CompletableFuture<StreamBatch> read = asking.thenApply(this::batch);
        Future<?> unused = read.whenComplete((batch, failure) -> asking.cancel(true));
        return read;
    }

    private StreamBatch batch(HttpResponse<byte[]> answer) {
        StreamPage page = StreamPage.parse(Bytes.of(answer.body()))
                .orElseThrow(() -> new UnavailableException("an answer that is no batch of a stream"));
        return new StreamBatch(
                page.events().stream().map(parts.event).toList(),
                page.next(),
                page.atEnd(),
                page.earliest(),
                page.latest(),
                page.filterFailed());
    }

    @Override
    public Following follow(Reading reading, BatchHandler handler) {
        StreamFollower follower = new StreamFollower(reading, handler, this::read, parts);
        followers.add(follower);
        Future<?> unused = follower.ended().whenComplete((done, failure) -> followers.remove(follower));
        follower.start();
        if (closed) {
            follower.stop();
            throw new IllegalStateException("the bus is closed");
        }
        return follower;
    }

    /// Ends those who follow.
    public void close() {
        closed = true;
        long end = System.nanoTime() + parts.closing.toNanos();
        followers.forEach(StreamFollower::stop);
        followers.forEach(follower -> follower.await(Duration.ofNanos(end - System.nanoTime())));
    }
}
