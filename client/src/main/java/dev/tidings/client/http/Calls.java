package dev.tidings.client.http;

import dev.tidings.client.UnavailableException;
import dev.tidings.client.backoff.BackOff;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks the broker and judges what it answers. May be used by any thread.
public final class Calls {
    private static final int ATTEMPTS = 6;
    private static final int OK = 2;

    private final Requests requests;
    private final BackOff backOff;

    /// @param backOff between tries
    public Calls(Requests requests, BackOff backOff) {
        this.requests = requests;
        this.backOff = backOff;
    }

    /// Where they go.
    Requests requests() {
        return requests;
    }

    /// Asks what may be asked twice; where the broker is away or can't answer now, again, for about ten seconds.
    /// Completes with an answer that has what was asked for; exceptionally with [RefusedException] or
    /// [UnavailableException]. Cancelling ends the request.
    CompletableFuture<HttpResponse<byte[]>> ask(HttpRequest.Builder request) {
        return new Asking(request, ATTEMPTS).start();
    }

    /// Asks once: what came of a request that is not answered is not known.
    CompletableFuture<HttpResponse<byte[]>> askOnce(HttpRequest.Builder request) {
        return new Asking(request, 0).start();
    }

    private final class Asking {
        private final CompletableFuture<HttpResponse<byte[]>> result = new CompletableFuture<>();
        private final HttpRequest.Builder request;
        private final int attempts;

        Asking(HttpRequest.Builder request, int attempts) {
            this.request = request;
            this.attempts = attempts;
        }

        CompletableFuture<HttpResponse<byte[]>> start() {
            next(0);
            return result;
        }

        private void next(int attempt) {
            if (result.isDone()) {
                return;
            }
            CompletableFuture<HttpResponse<byte[]>> underway =
                    requests.send(request.copy(), BodyHandlers.ofByteArray());
            Future<?> unusedEnd = result.whenComplete((answer, failure) -> underway.cancel(true));
            Future<?> unused = underway.whenComplete((answer, failure) -> judge(answer, failure, attempt));
        }

        private void judge(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure, int attempt) {
            if (answer == null) {
                again(Answers.why(failure), Duration.ZERO, attempt);
            } else if (answer.statusCode() / 100 == OK) {
                result.complete(answer);
            } else if (Answers.isForLater(answer.statusCode())) {
                String why =
                        answer.statusCode() + ": " + Answers.problem(answer).detail();
                again(why, Answers.retryAfter(answer), attempt);
            } else {
                result.completeExceptionally(Answers.refusal(answer));
            }
        }

        private void again(String why, Duration retryAfter, int attempt) {
            if (attempt == attempts) {
                result.completeExceptionally(new UnavailableException(why));
                return;
            }
            long delay = backOff.delay(attempt, retryAfter).toMillis();
            Executor then = CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS);
            Future<?> unused = CompletableFuture.runAsync(() -> next(attempt + 1), then);
        }
    }
}
