package dev.tidings.filter.sql;

import java.util.ArrayList;
import java.util.List;

/// The pattern of a `LIKE` (CESQL 1.0, section 3.4.3). Never tries more often than the length of the text times that of
/// the pattern.
final class LikePattern {
    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;

    private final int[] pattern;

    /// A backslash makes the `%` or `_` behind it stand for itself, and stands for itself before anything else.
    LikePattern(String text) {
        int[] points = text.codePoints().toArray();
        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            boolean escape = points[i] == '\\' && i + 1 < points.length && isWildcard(points[i + 1]);
            i += escape ? 1 : 0;
            read.add(escape || !isWildcard(points[i]) ? points[i] : points[i] == '%' ? ANY_TEXT : ANY_CHARACTER);
        }
        pattern = read.stream().mapToInt(Integer::intValue).toArray();
    }

    int length() {
        return pattern.length;
    }

    /// Goes back to the last `%` only: what an earlier one could take in, the last one can.
    boolean matches(String text) {
        int[] points = text.codePoints().toArray();
        int at = 0;
        int in = 0;
        int anyIn = -1;
        int anyAt = 0;
        while (at < points.length) {
            if (in < pattern.length && pattern[in] == ANY_TEXT) {
                anyIn = in++;
                anyAt = at;
            } else if (in < pattern.length && (pattern[in] == ANY_CHARACTER || pattern[in] == points[at])) {
                in++;
                at++;
            } else if (anyIn >= 0) {
                in = anyIn + 1;
                at = ++anyAt;
            } else {
                return false;
            }
        }
        while (in < pattern.length && pattern[in] == ANY_TEXT) {
            in++;
        }
        return in == pattern.length;
    }

    private static boolean isWildcard(int point) {
        return point == '%' || point == '_';
    }
}
