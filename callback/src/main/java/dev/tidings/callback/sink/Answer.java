package dev.tidings.callback.sink;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a sink answered, as far as anything follows from it.
///
/// @param retryAfter    its `Retry-After`; null: none, each
/// @param allowedOrigin its `WebHook-Allowed-Origin`
/// @param allowedRate   its `WebHook-Allowed-Rate`
/// @param excerpt       the beginning of its body, as printable text in one line
public record Answer(
        int status,
        @Nullable String retryAfter,
        @Nullable String allowedOrigin,
        @Nullable String allowedRate,
        String excerpt) {
    private static final int EXCERPT = 300;

    /// An answer of which nothing but its status and its body matters.
    public static Answer of(int status, String excerpt) {
        return new Answer(status, null, null, null, excerpt);
    }

    /// What is kept of a body.
    static String excerpt(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 4 * EXCERPT), StandardCharsets.UTF_8);
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .limit(EXCERPT)
                .forEach(line::appendCodePoint);
        return line.toString().strip().replaceAll(" {2,}", " ");
    }

    /// In a message.
    String told() {
        return excerpt.isEmpty() ? "answered " + status : "answered " + status + ": " + excerpt;
    }
}
