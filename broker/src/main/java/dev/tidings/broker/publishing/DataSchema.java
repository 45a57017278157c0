package dev.tidings.broker.publishing;

import dev.tidings.model.Bytes;
import java.util.List;
import java.util.Optional;

/// A JSON Schema, ready to validate against. May be used by any thread.
@FunctionalInterface
public interface DataSchema {
    /// What is wrong with the JSON text; empty where it is valid.
    List<Violation> violations(Bytes json);

    /// The same within a moment, for a thread that must not be held up; empty where it takes longer.
    default Optional<List<Violation>> quickly(Bytes json) {
        return Optional.of(violations(json));
    }

    /// @param pointer an RFC 6901 pointer into the validated text
    /// @param reason  what was expected, what was found
    record Violation(String pointer, String reason) {}

    /// Makes schemas ready.
    @FunctionalInterface
    interface Compiler {
        /// @param schema the text of a schema that is known to be usable
        DataSchema compile(String schema);
    }
}
