package dev.tidings.client.http;

import dev.tidings.client.listening.Polled;
import dev.tidings.model.Bytes;
import dev.tidings.model.DurationText;
import dev.tidings.wire.Problem;
import dev.tidings.wire.Received;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An instance at its address.
final class PolledInstance implements Polled {
    /// How long the broker lets a poll wait, and how long until it must have answered.
    private static final int POLL_SECONDS = 30;

    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(2 * POLL_SECONDS);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_EVENTS = 500;
    private static final int NOTHING = 204;

    private final String address;
    private final Function<HttpRequest.Builder, CompletableFuture<HttpResponse<byte[]>>> http;

    /// @param http sends a request with the proof of who is asking
    PolledInstance(String address, Function<HttpRequest.Builder, CompletableFuture<HttpResponse<byte[]>>> http) {
        this.address = address;
        this.http = http;
    }

    @Override
    public CompletableFuture<List<Received>> next() {
        HttpRequest.Builder poll = request("/events?timeout=" + POLL_SECONDS + "&max=" + MOST_EVENTS)
                .timeout(POLL_TIMEOUT);
        return http.apply(poll).thenApply(answer -> {
            if (answer.statusCode() == NOTHING) {
                return List.of();
            }
            return Received.batch(require(answer, 200))
                    .orElseThrow(() -> failed("the broker sent what is no list of events"));
        });
    }

    @Override
    public CompletableFuture<?> confirm(long upTo) {
        return say(request("/confirm?offset=" + upTo).POST(BodyPublishers.noBody()), NOTHING);
    }

    @Override
    public CompletableFuture<?> dead(String report) {
        HttpRequest.Builder request = request("/dead")
                .header("content-type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(report));
        return say(request, 202);
    }

    @Override
    public CompletableFuture<?> release(long offset, @Nullable Duration delay) {
        String again = delay == null ? "" : "&delay=" + DurationText.print(delay);
        return say(request("/release?offset=" + offset + again).POST(BodyPublishers.noBody()), NOTHING);
    }

    @Override
    public CompletableFuture<?> end(boolean renounced) {
        return say(request(renounced ? "?renounce=true" : "").DELETE(), NOTHING);
    }

    private CompletableFuture<?> say(HttpRequest.Builder request, int expected) {
        return http.apply(request.timeout(ANSWER_TIMEOUT)).thenApply(answer -> require(answer, expected));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    /// The body of an answer that must have that status.
    static Bytes require(HttpResponse<byte[]> answer, int status) {
        Bytes body = Bytes.of(answer.body());
        if (answer.statusCode() != status) {
            String detail = Problem.parse(body).map(Problem::detail).orElse("an answer that is no problem");
            throw failed("the broker answered " + answer.statusCode() + ": " + detail);
        }
        return body;
    }

    private static CompletionException failed(String why) {
        return new CompletionException(new IllegalStateException(why));
    }
}
