package dev.tidings.broker;

import dev.tidings.broker.catalog.SchemaCheck;
import dev.tidings.broker.publishing.DataSchema;
import dev.tidings.broker.schemas.Compiled;
import dev.tidings.broker.schemas.Schema;
import dev.tidings.broker.schemas.Schemas;
import dev.tidings.model.Bytes;
import java.util.List;
import java.util.Optional;

/// Lends the schemas' room to the catalog, which asks whether a schema is usable, and to publishing, which uses it.
final class CheckedSchemas implements SchemaCheck, DataSchema.Compiler {
    private final Schemas schemas;

    CheckedSchemas(Schemas.Limits limits) {
        schemas = new Schemas(limits);
    }

    @Override
    public Optional<String> flaw(String schema) {
        return switch (schemas.compile(schema)) {
            case Compiled.Usable _ -> Optional.empty();
            case Compiled.Unusable(String reason) -> Optional.of(reason);
        };
    }

    @Override
    public DataSchema compile(String schema) {
        return switch (schemas.compile(schema)) {
            case Compiled.Usable(Schema usable) -> data -> violations(usable, data);
            case Compiled.Unusable(String reason) ->
                throw new IllegalStateException("the catalog in force holds an unusable schema: " + reason);
        };
    }

    private static List<DataSchema.Violation> violations(Schema schema, Bytes data) {
        return schema.check(data).stream()
                .map(violation -> new DataSchema.Violation(violation.pointer(), violation.reason()))
                .toList();
    }
}
