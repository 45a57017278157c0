package dev.tidings.node;

/// What is logged, and how. Payloads and secrets are never logged.
///
/// @param format one JSON object a line for machines, or text for people
/// @param level  the least important that is logged
public record LogConfig(Format format, Level level) {
    public static final LogConfig DEFAULT = new LogConfig(Format.JSON, Level.INFO);

    public enum Format {
        JSON,
        TEXT
    }

    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }
}
