package dev.tidings.dist.node;

import dev.tidings.broker.catalog.SchemaCheck;
import dev.tidings.broker.publishing.DataSchema;
import dev.tidings.broker.schemas.Compiled;
import dev.tidings.broker.schemas.Schema;
import dev.tidings.broker.schemas.Schemas;
import java.util.Optional;

/// The schemas of the catalog, and those that data is validated against, are the same kind.
public final class JsonSchemas implements SchemaCheck, DataSchema.Compiler {
    private final Schemas schemas;

    public JsonSchemas(Schemas.Limits limits) {
        this.schemas = new Schemas(limits);
    }

    @Override
    public Optional<String> flaw(String schema) {
        return switch (schemas.compile(schema)) {
            case Compiled.Usable _ -> Optional.empty();
            case Compiled.Unusable(var reason) -> Optional.of(reason);
        };
    }

    @Override
    public DataSchema compile(String schema) {
        return switch (schemas.compile(schema)) {
            case Compiled.Usable(var usable) -> data(usable);
            case Compiled.Unusable(var reason) ->
                throw new IllegalStateException("a schema of the catalog in force is unusable: " + reason);
        };
    }

    private static DataSchema data(Schema schema) {
        return json -> schema.check(json).stream()
                .map(violation -> new DataSchema.Violation(violation.pointer(), violation.reason()))
                .toList();
    }
}
