package dev.tidings.client.http;

import dev.tidings.client.RefusedException;
import dev.tidings.client.streams.PositionGoneException;
import dev.tidings.model.Bytes;
import dev.tidings.wire.Problem;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// What answers of the broker say that are none to what was asked.
final class Answers {
    private static final String SECONDS = "\\d{1,6}";
    private static final int GONE = 410;

    private Answers() {}

    /// Whether the same request may be answered otherwise later.
    static boolean isForLater(int status) {
        return status == 429 || status >= 500 || status == 408;
    }

    /// The problem that it tells.
    static Problem problem(HttpResponse<byte[]> answer) {
        return Problem.parse(Bytes.of(answer.body()))
                .orElseGet(() ->
                        new Problem("about:blank", "", answer.statusCode(), "an answer that is no problem", List.of()));
    }

    /// The exception that says so.
    static RefusedException refusal(HttpResponse<byte[]> answer) {
        Problem problem = problem(answer);
        String earliest = problem.members().get("earliest");
        return answer.statusCode() == GONE && earliest != null
                ? new PositionGoneException(problem.detail(), earliest)
                : new RefusedException(answer.statusCode(), problem.slug(), problem.detail(), problem.errors());
    }

    /// How long the broker asks to wait; zero: it says nothing.
    static Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("retry-after")
                .filter(value -> value.matches(SECONDS))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    /// Why there is no answer.
    static String why(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause);
    }
}
