package dev.tidings.broker.catalog;

import java.util.Optional;

/// Says whether a JSON Schema is one that events can be validated against.
@FunctionalInterface
public interface SchemaCheck {
    /// What is wrong with the schema, or nothing.
    Optional<String> flaw(String schema);
}
