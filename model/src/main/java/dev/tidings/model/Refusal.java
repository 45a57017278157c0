package dev.tidings.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request that was refused before anything was written. [#code] decides the status and the page of the error;
/// [#detail] says what was expected, what was found and what to do; [#flaws] names the bad events of a batch, at
/// most [Flaw#MAX_TOLD] of them; [#retryAfter] is present where a later try may succeed.
public record Refusal(
        ErrorCode code,
        String detail,
        List<Flaw> flaws,
        @Nullable Duration retryAfter) {
    public Refusal {
        flaws = flaws.size() <= Flaw.MAX_TOLD ? List.copyOf(flaws) : List.copyOf(flaws.subList(0, Flaw.MAX_TOLD));
    }

    public static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code, detail, List.of(), null);
    }

    public static Refusal of(ErrorCode code, String detail, List<Flaw> flaws) {
        return new Refusal(code, detail, flaws, null);
    }

    public static Refusal retryable(ErrorCode code, String detail, Duration retryAfter) {
        return new Refusal(code, detail, List.of(), retryAfter);
    }
}
