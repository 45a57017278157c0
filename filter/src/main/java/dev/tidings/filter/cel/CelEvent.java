package dev.tidings.filter.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The variables of an expression, of one event. The payload is read when the first expression asks for it. Of one
/// thread.
public final class CelEvent implements CelVariableResolver {
    private final Map<String, Object> given;
    private final Payload payload;
    private @Nullable Map<String, Object> attributes;
    private JsonValues.@Nullable Read data;

    /// @param attributes all of the event, with their `time`: `String`, `Integer` or `Boolean` each
    public CelEvent(Map<String, Object> attributes, Payload payload) {
        this.given = attributes;
        this.payload = payload;
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "data" -> Optional.of(data().value());
            case "attributes" -> Optional.of(attributes());
            case "time" -> Optional.ofNullable(attributes().get(name));
            default -> Optional.of(attributes().getOrDefault(name, ""));
        };
    }

    /// How many values an object or array of the payload holds; null where it is none of those.
    @Nullable
    Integer size(Object container) {
        JsonValues.Read read = data;
        return read == null ? null : read.sizes().get(container);
    }

    private Map<String, Object> attributes() {
        Map<String, Object> values = attributes;
        if (values == null) {
            values = new HashMap<>(given.size() * 2);
            for (Map.Entry<String, Object> attribute : given.entrySet()) {
                values.put(attribute.getKey(), attribute(attribute.getKey(), attribute.getValue()));
            }
            attributes = values;
        }
        return values;
    }

    private static Object attribute(String name, Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case String text -> name.equals("time") ? time(text) : text;
            default -> value;
        };
    }

    /// A time that Java does not know, of a leap second say, stays a text, on which comparisons fail.
    private static Object time(String text) {
        try {
            return Instant.from(OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException unknown) {
            return text;
        }
    }

    private JsonValues.Read data() {
        JsonValues.Read read = data;
        if (read == null) {
            read = switch (payload) {
                case Payload.None() -> JsonValues.Read.simple(NullValue.NULL_VALUE);
                case Payload.Json(var text) -> JsonValues.read(text);
                case Payload.Text(var text) -> JsonValues.Read.simple(text);
                case Payload.Binary(var bytes) -> JsonValues.Read.simple(CelByteString.of(bytes.toArray()));
            };
            data = read;
        }
        return read;
    }
}
