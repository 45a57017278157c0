package dev.tidings.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A media type of RFC 2046, as far as the codec asks: `type/subtype` in lower case, and its `charset`.
///
/// @param essence `application/json`
/// @param charset the parameter in lower case; null where there is none
public record MediaType(String essence, @Nullable String charset) {
    static final MediaType JSON = new MediaType("application/json", null);
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /// The media type that the text spells, or null where it spells none.
    public static @Nullable MediaType parse(String text) {
        return text.equals(JSON.essence) ? JSON : new Reader(text).read();
    }

    /// `*/json` or `*+json`: the payload is JSON.
    boolean json() {
        return essence.endsWith("/json") || essence.endsWith("+json");
    }

    boolean text() {
        return essence.startsWith("text/");
    }

    /// Whether text of this type is UTF-8, or a part of UTF-8.
    boolean utf8() {
        return charset == null || charset.equals("utf-8") || charset.equals("us-ascii");
    }

    static boolean tokenChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static final class Reader {
        private final String text;
        private int at;
        private @Nullable String charset;

        Reader(String text) {
            this.text = text;
        }

        @Nullable
        MediaType read() {
            skipBlanks();
            int start = at;
            if (token().isEmpty() || !taken('/') || token().isEmpty()) {
                return null;
            }
            String essence = text.substring(start, at).toLowerCase(Locale.ROOT);
            skipBlanks();
            while (at < text.length()) {
                if (!taken(';') || !parameter()) {
                    return null;
                }
            }
            return new MediaType(essence, charset);
        }

        /// One parameter, or nothing before the next semicolon, which RFC 9110 allows.
        private boolean parameter() {
            skipBlanks();
            if (at == text.length() || text.charAt(at) == ';') {
                return true;
            }
            String name = token();
            if (name.isEmpty() || !taken('=')) {
                return false;
            }
            boolean quote = at < text.length() && text.charAt(at) == '"';
            String value = quote ? quoted() : token();
            if (value == null || value.isEmpty() && !quote) {
                return false;
            }
            if (name.equalsIgnoreCase("charset")) {
                charset = value.toLowerCase(Locale.ROOT);
            }
            skipBlanks();
            return true;
        }

        private String token() {
            int start = at;
            while (at < text.length() && tokenChar(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private @Nullable String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                if (c == '\\' && ++at < text.length()) {
                    c = text.charAt(at);
                }
                if (c < ' ' || c > '~') {
                    return null;
                }
                value.append(c);
            }
            return null;
        }

        private boolean taken(char c) {
            boolean here = at < text.length() && text.charAt(at) == c;
            at += here ? 1 : 0;
            return here;
        }

        private void skipBlanks() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
    }
}
