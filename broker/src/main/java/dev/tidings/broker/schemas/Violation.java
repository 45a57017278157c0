package dev.tidings.broker.schemas;

/// One thing in which data does not follow its schema.
///
/// @param pointer an RFC 6901 JSON pointer into the data; `""` is the whole of it
/// @param reason  what is wrong there
public record Violation(String pointer, String reason) {}
