package dev.tidings.outbox;

import dev.tidings.client.RefusedException;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Flaw;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a refusal means for the events of a request.
sealed interface Verdict {
    /// These are to blame, by their place in the request, each with its reason.
    record Aside(Map<Integer, RefusedException> blamed) implements Verdict {}

    /// Some event is to blame, and it is not said which: each is tried alone.
    record Alone() implements Verdict {}

    /// No event is to blame: the credentials, the address or a grant is wrong, and any event would be refused.
    record Wait() implements Verdict {}

    /// Errors that may be an event's fault where the broker names none.
    Set<String> OF_EVENTS = Stream.of(
                    ErrorCode.MALFORMED_REQUEST,
                    ErrorCode.MALFORMED_EVENT,
                    ErrorCode.REQUEST_TOO_LARGE,
                    ErrorCode.EVENT_TOO_LARGE,
                    ErrorCode.SCHEMA_VIOLATED)
            .map(ErrorCode::slug)
            .collect(Collectors.toUnmodifiableSet());

    /// @param events how many the request had
    static Verdict of(RefusedException refusal, int events) {
        Map<Integer, RefusedException> blamed = new TreeMap<>();
        for (Flaw flaw : refusal.flaws()) {
            if (flaw.index() < events) {
                blamed.putIfAbsent(flaw.index(), reason(refusal, flaw));
            }
        }
        if (!blamed.isEmpty()) {
            return new Aside(blamed);
        }
        if (!OF_EVENTS.contains(refusal.code())) {
            return new Wait();
        }
        return events == 1 ? new Aside(Map.of(0, refusal)) : new Alone();
    }

    private static RefusedException reason(RefusedException refusal, Flaw first) {
        List<Flaw> flaws = refusal.flaws().stream()
                .filter(flaw -> flaw.index() == first.index())
                .toList();
        return new RefusedException(refusal.status(), refusal.code(), first.reason(), flaws);
    }
}
