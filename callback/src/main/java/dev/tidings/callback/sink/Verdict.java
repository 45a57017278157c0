package dev.tidings.callback.sink;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the outcome of a delivery means for the events in it (CloudEvents HTTP 1.1 Web Hooks, 2.2). Pure.
public sealed interface Verdict {
    /// They are confirmed.
    record Confirmed() implements Verdict {}

    /// The sink wants nothing any more, ever.
    record Gone(String reason) implements Verdict {}

    /// The sink will never take them as they are.
    record Rejected(int status, String reason) implements Verdict {}

    /// The sink wants to be left alone for a while.
    record Busy(int status, String reason, Duration pause) implements Verdict {}

    /// They are to be tried again.
    ///
    /// @param status null: there was no answer
    record Failed(@Nullable Integer status, String reason) implements Verdict {}

    /// @param now          when the answer came
    /// @param longestPause how long a sink may ask to be left alone
    static Verdict of(Outcome outcome, Instant now, Duration longestPause) {
        return switch (outcome) {
            case Outcome.Failed(var _, String detail) -> new Failed(null, detail);
            case Outcome.Answered(Answer answer) -> of(answer, now, longestPause);
        };
    }

    private static Verdict of(Answer answer, Instant now, Duration longestPause) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Confirmed();
        }
        return switch (status) {
            case 410 -> new Gone(answer.told());
            case 400, 413, 415, 422 -> new Rejected(status, answer.told());
            case 429, 503 ->
                RetryAfter.parse(answer.retryAfter(), now)
                        .<Verdict>map(pause -> new Busy(status, answer.told(), shorter(pause, longestPause)))
                        .orElseGet(() -> new Failed(status, answer.told()));
            default -> new Failed(status, answer.told());
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
