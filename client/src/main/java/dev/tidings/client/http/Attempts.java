package dev.tidings.client.http;

import dev.tidings.client.UnavailableException;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.client.publishing.Pause;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The requests of one transfer, by a thread that waits for each. It is given up where several in a row have come to
/// nothing. Belongs to one thread.
final class Attempts {
    private static final int MOST = 6;

    /// How long one request may take, its bodies included.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Requests requests;
    private final BackOff backOff;
    private final Pause pause;
    private int failures;

    Attempts(Requests requests, BackOff backOff, Pause pause) {
        this.requests = requests;
        this.backOff = backOff;
        this.pause = pause;
    }

    /// What the broker answers; null: nothing, or to come back later, and that time has passed.
    ///
    /// @throws UnavailableException where that was so too often
    @Nullable
    HttpResponse<byte[]> send(HttpRequest.Builder request, BodyHandler<byte[]> body) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> sending = requests.send(request, body);
        try {
            HttpResponse<byte[]> answer = sending.get(LONGEST.toNanos(), TimeUnit.NANOSECONDS);
            if (!isForLater(answer)) {
                return answer;
            }
            failed(answer.statusCode() + ": " + Answers.problem(answer).detail(), Answers.retryAfter(answer));
        } catch (ExecutionException failure) {
            failed(Answers.why(failure.getCause()), Duration.ZERO);
        } catch (TimeoutException late) {
            failed("no answer within " + LONGEST, Duration.ZERO);
        } finally {
            sending.cancel(true);
        }
        return null;
    }

    /// Also a conflict that will pass.
    private static boolean isForLater(HttpResponse<?> answer) {
        return Answers.isForLater(answer.statusCode())
                || answer.statusCode() == 409
                        && answer.headers().firstValue("retry-after").isPresent();
    }

    /// Something has passed: what failed before counts no more.
    void progressed() {
        failures = 0;
    }

    /// It came to nothing, and is to be tried again after a while.
    ///
    /// @throws UnavailableException where that was so too often
    void failed(String why, Duration retryAfter) throws InterruptedException {
        if (failures == MOST) {
            throw new UnavailableException(why);
        }
        pause.of(backOff.delay(failures++, retryAfter));
    }
}
