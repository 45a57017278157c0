package dev.tidings.server.payloads;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Digests in headers (RFC 9530): `sha-256=:base64:`. SHA-256 is the one that is looked at; others may stand beside it.
final class Digests {
    private static final String NAME = "sha-256";
    private static final int BYTES = 32;

    private Digests() {}

    /// What a header says.
    sealed interface Digest {
        /// @param sha256 64 lower-case hexadecimal digits; null: nothing
        record Said(@Nullable String sha256) implements Digest {}

        record Refused(Refusal refusal) implements Digest {}
    }

    /// @param value of the header of that name; null where there is none
    static Digest parse(String header, @Nullable String value) {
        if (value == null) {
            return new Digest.Said(null);
        }
        for (String member : value.split(",", -1)) {
            int equals = member.indexOf('=');
            if (equals > 0
                    && member.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals(NAME)) {
                String hex = hex(member.substring(equals + 1).strip());
                return hex == null ? refused(header, value) : new Digest.Said(hex);
            }
        }
        return refused(header, value);
    }

    /// One digest of two that are to be the same.
    static Digest either(Digest one, Digest other) {
        if (!(one instanceof Digest.Said(String first)) || !(other instanceof Digest.Said(String second))) {
            return one instanceof Digest.Refused ? one : other;
        }
        return first != null && second != null && !first.equals(second)
                ? new Digest.Refused(Refusal.of(
                        ErrorCode.MALFORMED_REQUEST, "Content-Digest and Repr-Digest are to be the same, and differ"))
                : new Digest.Said(first == null ? second : first);
    }

    /// As a header says it.
    static String header(String sha256) {
        return NAME + "=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }

    private static Digest refused(String header, String value) {
        return new Digest.Refused(Refusal.of(
                ErrorCode.MALFORMED_REQUEST,
                "expected " + header + ": sha-256=:…: with 32 bytes in base64 between the colons (RFC 9530), found '"
                        + (value.length() <= 100 ? value : value.substring(0, 100) + "…") + "'"));
    }

    private static @Nullable String hex(String item) {
        int end = item.indexOf(':', 1);
        if (!item.startsWith(":") || end < 0) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(item.substring(1, end));
            return bytes.length == BYTES ? HexFormat.of().formatHex(bytes) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
