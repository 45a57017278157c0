package dev.tidings.wire;

/// The form of a URI and of a URI-reference (RFC 3986, sections 3 and 4.1): its characters, its percent-encoding,
/// its scheme, and where brackets and `#` may stand.
final class UriReference {
    private static final boolean[] ALLOWED = new boolean[128];

    static {
        for (char c : "-._~:/?#[]@!$&'()*+,;=%".toCharArray()) {
            ALLOWED[c] = true;
        }
        for (char c = 0; c < 128; c++) {
            ALLOWED[c] |= alphabetic(c) || digit(c);
        }
    }

    private UriReference() {}

    static boolean wellFormed(String text) {
        return !text.isEmpty() && characters(text) && (scheme(text) > 0 || colonFree(text)) && brackets(text);
    }

    /// A URI with a scheme, and something behind it.
    static boolean absolute(String text) {
        int colon = characters(text) && brackets(text) ? scheme(text) : 0;
        return colon > 0 && colon < text.length() - 1;
    }

    private static boolean characters(String text) {
        boolean fragment = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !ALLOWED[c] || c == '#' && fragment || c == '%' && !encoded(text, i)) {
                return false;
            }
            fragment |= c == '#';
        }
        return true;
    }

    private static boolean encoded(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }

    /// Where the colon behind the scheme stands; 0 where there is no scheme.
    private static int scheme(String text) {
        int i = 0;
        while (i < text.length() && schemeChar(text.charAt(i), i)) {
            i++;
        }
        return i < text.length() && text.charAt(i) == ':' ? i : 0;
    }

    private static boolean schemeChar(char c, int index) {
        return alphabetic(c) || index > 0 && (digit(c) || c == '+' || c == '-' || c == '.');
    }

    /// A relative reference has no colon in its first segment.
    private static boolean colonFree(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return false;
            }
            if (c == '/' || c == '?' || c == '#') {
                return true;
            }
        }
        return true;
    }

    /// Brackets stand around an IP literal behind `//` and nowhere else.
    private static boolean brackets(String text) {
        int open = text.indexOf('[');
        int close = text.indexOf(']');
        if (open < 0 && close < 0) {
            return true;
        }
        int authority = text.indexOf("//");
        int path = authority < 0 ? 0 : text.indexOf('/', authority + 2);
        return authority >= 0
                && open > authority
                && close > open
                && close < (path < 0 ? text.length() : path)
                && open == text.lastIndexOf('[')
                && close == text.lastIndexOf(']');
    }

    private static boolean alphabetic(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
