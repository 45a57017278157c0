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
            case Compiled.Usable(Schema usable) -> new Lent(usable);
            case Compiled.Unusable(String reason) -> _ -> List.of(new DataSchema.Violation("", reason));
        };
    }

    private record Lent(Schema schema) implements DataSchema {
        @Override
        public List<DataSchema.Violation> violations(Bytes json) {
            return told(schema.check(json));
        }

        @Override
        public Optional<List<DataSchema.Violation>> quickly(Bytes json) {
            return schema.checkQuickly(json).map(Lent::told);
        }

        private static List<DataSchema.Violation> told(List<dev.tidings.broker.schemas.Violation> violations) {
            return violations.isEmpty()
                    ? List.of()
                    : violations.stream()
                            .map(violation -> new DataSchema.Violation(violation.pointer(), violation.reason()))
                            .toList();
        }
    }
}
