package dev.tidings.client.http;

import dev.tidings.client.listening.Polled;
import dev.tidings.client.listening.Reception;
import dev.tidings.client.publishing.Outcome;
import dev.tidings.client.publishing.Publishing;
import dev.tidings.model.Bytes;
import dev.tidings.wire.Problem;
import dev.tidings.wire.Receipt;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The broker at its address, over HTTP. May be used by any thread.
public final class Endpoint implements Publishing, Reception, Readiness {
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);
    private static final int CREATED = 201;

    private final Requests requests;

    public Endpoint(Requests requests) {
        this.requests = requests;
    }

    @Override
    public CompletableFuture<Outcome> publish(Bytes batch) {
        HttpRequest.Builder request = requests.to("/ce/produce/events")
                .timeout(ANSWER_TIMEOUT)
                .header("content-type", BATCH)
                .POST(BodyPublishers.ofByteArray(batch.array(), batch.offset(), batch.length()));
        return send(request).handle((answer, failure) -> failure == null ? outcome(answer) : away(failure));
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        return requests.send(request, BodyHandlers.ofByteArray());
    }

    @Override
    public CompletableFuture<WebSocket> open(String query, WebSocket.Listener listener) {
        return requests.open("/ce/consume/ws?" + query, listener);
    }

    @Override
    public CompletableFuture<Polled> poll(String query) {
        HttpRequest.Builder opening =
                requests.to("/ce/consumers?" + query).timeout(ANSWER_TIMEOUT).POST(BodyPublishers.noBody());
        return send(opening).thenApply(answer -> {
            PolledInstance.require(answer, CREATED);
            String location = answer.headers().firstValue("location").orElse("");
            return new PolledInstance(requests.place(location), this::send);
        });
    }

    @Override
    public CompletableFuture<Optional<String>> problem() {
        HttpRequest.Builder look = requests.to("/health/ready").timeout(LOOK_TIMEOUT);
        return requests.sendUnproven(look, BodyHandlers.ofByteArray())
                .handle((answer, failure) -> failure == null ? problem(answer) : Optional.of(Answers.why(failure)));
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
        Problem problem = Answers.problem(answer);
        return Answers.isForLater(status)
                ? new Outcome.Unavailable(status + ": " + problem.detail(), Answers.retryAfter(answer))
                : new Outcome.Refused(problem);
    }

    private static Outcome away(Throwable failure) {
        return new Outcome.Unavailable(Answers.why(failure), Duration.ZERO);
    }
}
