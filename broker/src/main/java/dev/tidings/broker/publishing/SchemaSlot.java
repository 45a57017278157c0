package dev.tidings.broker.publishing;

import dev.tidings.model.Event;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A type's schema, compiled when the first event needs it and then kept.
final class SchemaSlot {
    private final String text;
    private final DataSchema.Compiler compiler;
    private volatile @Nullable DataSchema compiled;

    SchemaSlot(String text, DataSchema.Compiler compiler) {
        this.text = text;
        this.compiler = compiler;
    }

    /// Whether validating costs no compilation.
    boolean isReady() {
        return compiled != null;
    }

    List<DataSchema.Violation> violations(Event.Data data) {
        return data instanceof Event.Data.Json(var json) ? ready().violations(json) : withoutJson(data);
    }

    /// The same within a moment; empty where it takes longer.
    Optional<List<DataSchema.Violation>> violationsQuickly(Event.Data data) {
        return data instanceof Event.Data.Json(var json) ? ready().quickly(json) : Optional.of(withoutJson(data));
    }

    private static List<DataSchema.Violation> withoutJson(Event.Data data) {
        return switch (data) {
            case Event.Data.Json _ -> List.of();
            case Event.Data.None() ->
                List.of(new DataSchema.Violation(
                        "", "the type has a schema, so 'data' is expected, and there is none"));
            case Event.Data.Opaque(var contentType) ->
                List.of(new DataSchema.Violation(
                        "",
                        "the type has a schema, so JSON 'data' is expected, found content of type '" + contentType
                                + "'; send JSON as 'data' with a JSON 'datacontenttype'"));
        };
    }

    private DataSchema ready() {
        DataSchema ready = compiled;
        return ready == null ? compile() : ready;
    }

    private synchronized DataSchema compile() {
        DataSchema ready = compiled;
        if (ready == null) {
            ready = compiler.compile(text);
            compiled = ready;
        }
        return ready;
    }
}
