package dev.tidings.broker.schemas;

/// What the text of a schema turned out to be.
public sealed interface Compiled {
    record Usable(Schema schema) implements Compiled {}

    /// No schema, or none that this broker can apply; the reason says what to change.
    record Unusable(String reason) implements Compiled {}
}
