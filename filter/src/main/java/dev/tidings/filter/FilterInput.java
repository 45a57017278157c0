package dev.tidings.filter;

import dev.tidings.filter.cel.CelEvent;
import dev.tidings.model.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event as filters see it: as it is delivered, but for its `offset`. Nothing of it is read before a filter asks,
/// and nothing twice, so that many filters may judge one input. Belongs to one thread.
public final class FilterInput {
    private final Bytes json;
    private final long acceptedMillis;
    private @Nullable EventParts parts;
    private @Nullable CelEvent variables;
    private @Nullable String failure;

    private FilterInput(Bytes json, long acceptedMillis) {
        this.json = json;
        this.acceptedMillis = acceptedMillis;
    }

    /// @param json           the event in the CloudEvents JSON format, as it is stored
    /// @param acceptedMillis when it was accepted, milliseconds since the epoch: its `time` where it has none
    public static FilterInput of(Bytes json, long acceptedMillis) {
        return new FilterInput(json, acceptedMillis);
    }

    /// Why the last judgement that failed did; null where none has.
    public @Nullable String failure() {
        return failure;
    }

    /// A judgement fails, because of this.
    Verdict fail(String reason) {
        failure = reason;
        return Verdict.FAILED;
    }

    /// A `String`, `Integer` or `Boolean`; null where the event has no such attribute. Throws
    /// [dev.tidings.wire.json.Malformed] where the event is none.
    @Nullable
    Object attribute(String name) {
        return parts().attributes().get(name);
    }

    CelEvent variables() {
        CelEvent made = variables;
        if (made == null) {
            Map<String, Object> attributes = parts().attributes();
            made = new CelEvent(attributes, parts().payload());
            variables = made;
        }
        return made;
    }

    private EventParts parts() {
        EventParts read = parts;
        if (read == null) {
            read = EventParts.read(json, acceptedMillis);
            parts = read;
        }
        return read;
    }
}
