package dev.tidings.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request that was refused before anything was written. [#code] decides the status and the page of the error;
/// [#detail] says what was expected, what was found and what to do; [#flaws] names the bad events of a batch, at
/// most [Flaw#MAX_TOLD] of them; [#retryAfter] is present where a later try may succeed; [#members] are further members
/// of the problem document, for programs.
public record Refusal(
        ErrorCode code,
        String detail,
        List<Flaw> flaws,
        @Nullable Duration retryAfter,
        Map<String, String> members) {
    public Refusal {
        members = Map.copyOf(members);
        flaws = flaws.size() <= Flaw.MAX_TOLD ? List.copyOf(flaws) : List.copyOf(flaws.subList(0, Flaw.MAX_TOLD));
    }

    public static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code, detail, List.of(), null, Map.of());
    }

    public static Refusal of(ErrorCode code, String detail, List<Flaw> flaws) {
        return new Refusal(code, detail, flaws, null, Map.of());
    }

    public static Refusal retryable(ErrorCode code, String detail, Duration retryAfter) {
        return new Refusal(code, detail, List.of(), retryAfter, Map.of());
    }

    /// The same with one more member.
    public Refusal with(String name, String value) {
        Map<String, String> more = new TreeMap<>(members);
        more.put(name, value);
        return new Refusal(code, detail, flaws, retryAfter, more);
    }
}
