package dev.tidings.broker.schemas;

import dev.tidings.broker.catalog.SchemaCheck;
import dev.tidings.broker.publishing.DataSchema;
import dev.tidings.model.Bytes;
import java.util.List;
import java.util.Optional;

/// Lends [Schemas] to the rooms that ask for schemas in their own words: the catalog before it takes one in,
/// publishing when it judges.
public record SchemaLending(Schemas schemas) implements SchemaCheck, DataSchema.Compiler {
    @Override
    public Optional<String> flaw(String schema) {
        return switch (schemas.compile(schema)) {
            case Compiled.Usable _ -> Optional.empty();
            case Compiled.Unusable(String reason) -> Optional.of(reason);
        };
    }

    /// A schema that is not usable after all admits nothing.
    @Override
    public DataSchema compile(String schema) {
        return switch (schemas.compile(schema)) {
            case Compiled.Usable(Schema usable) -> json -> violations(usable, json);
            case Compiled.Unusable(String reason) -> _ -> List.of(new DataSchema.Violation("", reason));
        };
    }

    private static List<DataSchema.Violation> violations(Schema schema, Bytes json) {
        List<Violation> violations = schema.check(json);
        return violations.isEmpty()
                ? List.of()
                : violations.stream()
                        .map(violation -> new DataSchema.Violation(violation.pointer(), violation.reason()))
                        .toList();
    }
}
