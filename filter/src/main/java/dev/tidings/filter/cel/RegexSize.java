package dev.tidings.filter.cel;

import java.util.ArrayDeque;
import java.util.Deque;

/// How many parts a regular expression has once its counted repetitions are written out, or more.
final class RegexSize {
    private static final int TOO_MANY = 1_000_000;

    private final String regex;
    private final Deque<Integer> groups = new ArrayDeque<>();
    private int size;
    private int last;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    static int of(String regex) {
        RegexSize counting = new RegexSize(regex);
        for (int at = 0; at < regex.length(); ) {
            at = counting.next(at);
        }
        int size = counting.size;
        for (int outer : counting.groups) {
            size = Math.min(TOO_MANY, size + outer);
        }
        return size;
    }

    /// Counts what stands here; returns where the next thing stands.
    private int next(int at) {
        return switch (regex.charAt(at)) {
            case '(' -> {
                groups.push(size);
                size = 0;
                yield at + 1;
            }
            case ')' -> {
                last = size + 1;
                size = Math.min(TOO_MANY, last + (groups.isEmpty() ? 0 : groups.pop()));
                yield at + 1;
            }
            case '{' -> repetition(at);
            case '\\' -> part(at + 2);
            default -> part(at + 1);
        };
    }

    private int part(int behind) {
        last = 1;
        size = Math.min(TOO_MANY, size + 1);
        return behind;
    }

    /// `{n}`, `{n,}` or `{n,m}`; anything else in braces counts by its characters.
    private int repetition(int at) {
        int end = regex.indexOf('}', at);
        int times = end < 0 ? 0 : times(regex.substring(at + 1, end));
        if (times == 0) {
            return part(at + 1);
        }
        long all = size + (long) last * (times - 1);
        size = (int) Math.min(TOO_MANY, all);
        last = (int) Math.min(TOO_MANY, (long) last * times);
        return end + 1;
    }

    /// 0 where it is no repetition.
    private static int times(String braces) {
        int most = 0;
        for (String bound : braces.split(",", -1)) {
            boolean digits = !bound.isEmpty() && bound.chars().allMatch(c -> c >= '0' && c <= '9');
            if (digits) {
                most = Math.max(most, bound.length() > 6 ? TOO_MANY : Integer.parseInt(bound));
            } else if (!bound.isEmpty()) {
                return 0;
            }
        }
        return most;
    }
}
