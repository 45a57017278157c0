package dev.tidings.client.http;

import dev.tidings.client.Credentials;
import dev.tidings.client.listening.Polled;
import dev.tidings.client.listening.Reception;
import dev.tidings.client.publishing.Outcome;
import dev.tidings.client.publishing.Publishing;
import dev.tidings.model.Bytes;
import dev.tidings.wire.Problem;
import dev.tidings.wire.Receipt;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The broker at its address, over HTTP. May be used by any thread.
public final class Endpoint implements Publishing, Reception, Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);
    private static final String AUTHORIZATION = "authorization";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);
    private static final String SECONDS = "\\d{1,6}";

    private static final int CREATED = 201;

    private final String base;
    private final String authority;
    private final URI produce;
    private final URI ready;
    private final Credentials credentials;
    private final HttpClient http;

    /// @param base the broker's address, without a slash at its end
    /// @param tls null: the JDK's
    public Endpoint(String base, Credentials credentials, @Nullable SSLContext tls) {
        this.base = base;
        URI address = URI.create(base);
        this.authority = address.getScheme() + "://" + address.getRawAuthority();
        this.produce = URI.create(base + "/ce/produce/events");
        this.ready = URI.create(base + "/health/ready");
        this.credentials = credentials;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.http = builder.build();
    }

    @Override
    public CompletableFuture<Outcome> publish(Bytes batch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(produce)
                .timeout(ANSWER_TIMEOUT)
                .header("content-type", BATCH)
                .POST(BodyPublishers.ofByteArray(batch.array(), batch.offset(), batch.length()));
        return send(request).handle((answer, failure) -> failure == null ? outcome(answer) : away(failure));
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        return proof().thenCompose(proof -> {
            proof.ifPresent(value -> request.header(AUTHORIZATION, value));
            return http.sendAsync(request.build(), BodyHandlers.ofByteArray());
        });
    }

    /// What the program's own code has to say may fail, too.
    private CompletableFuture<Optional<String>> proof() {
        try {
            String bearer = credentials.bearer();
            return CompletableFuture.completedFuture(
                    bearer.isEmpty() ? Optional.empty() : Optional.of("Bearer " + bearer));
        } catch (RuntimeException noToken) {
            return CompletableFuture.failedFuture(noToken);
        }
    }

    @Override
    public CompletableFuture<WebSocket> open(String query, WebSocket.Listener listener) {
        return proof().thenCompose(proof -> {
            WebSocket.Builder handshake =
                    http.newWebSocketBuilder().subprotocols("cloudevents.json").connectTimeout(CONNECT_TIMEOUT);
            proof.ifPresent(value -> handshake.header(AUTHORIZATION, value));
            String address = "ws" + base.substring("http".length()) + "/ce/consume/ws?" + query;
            return handshake.buildAsync(URI.create(address), listener);
        });
    }

    /// The path of the instance is the broker's to choose; where the broker is, and who may see the proof of who is
    /// asking, is the program's.
    @Override
    public CompletableFuture<Polled> poll(String query) {
        HttpRequest.Builder opening = HttpRequest.newBuilder(URI.create(base + "/ce/consumers?" + query))
                .timeout(ANSWER_TIMEOUT)
                .POST(BodyPublishers.noBody());
        return send(opening).thenApply(answer -> {
            PolledInstance.require(answer, CREATED);
            String location = answer.headers().firstValue("location").orElse("");
            return new PolledInstance(authority + URI.create(location).getRawPath(), this::send);
        });
    }

    /// Gives threads and connections up once what is under way has ended. The JDK's client can be told so from Java 21
    /// on; before, they go when nobody knows of it any more.
    public void close() {
        if (http instanceof AutoCloseable closeable) {
            Thread goodbye = new Thread(() -> close(closeable), "tidings-goodbye");
            goodbye.setDaemon(true);
            goodbye.start();
        }
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) { // the top of a thread, and nothing is left to be done
            LOG.debug("the HTTP client ended badly", e);
        }
    }

    @Override
    public CompletableFuture<Optional<String>> problem() {
        HttpRequest look = HttpRequest.newBuilder(ready).timeout(LOOK_TIMEOUT).build();
        return http.sendAsync(look, BodyHandlers.ofByteArray())
                .handle((answer, failure) -> failure == null ? problem(answer) : Optional.of(why(failure)));
    }

    private static Optional<String> problem(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        return status == 200
                ? Optional.empty()
                : Optional.of(status
                        + Problem.parse(Bytes.of(answer.body()))
                                .map(problem -> ": " + problem.detail())
                                .orElse(": an answer that is no problem"));
    }

    private static Outcome outcome(HttpResponse<byte[]> answer) {
        Bytes body = Bytes.of(answer.body());
        int status = answer.statusCode();
        if (status == 200) {
            return Receipt.parse(body)
                    .<Outcome>map(Outcome.Accepted::new)
                    .orElseGet(() -> new Outcome.Unavailable("an answer that is no receipt", Duration.ZERO));
        }
        Problem problem = Problem.parse(body)
                .orElseGet(() -> new Problem("about:blank", "", status, "an answer that is no problem", List.of()));
        boolean later = status == 429 || status >= 500 || status == 408;
        return later
                ? new Outcome.Unavailable(status + ": " + problem.detail(), retryAfter(answer))
                : new Outcome.Refused(problem);
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("retry-after")
                .filter(value -> value.matches(SECONDS))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    private static Outcome away(Throwable failure) {
        return new Outcome.Unavailable(why(failure), Duration.ZERO);
    }

    private static String why(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause);
    }
}
