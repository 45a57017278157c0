package dev.tidings.broker.schemas;

import java.util.ArrayDeque;
import java.util.Deque;

/// How often a regular expression demands to repeat its innermost part: `(a{3}b){4}` twelve times. Repetitions of
/// something empty take time without looking at a character, so nothing else bounds them.
final class Repetitions {
    private final String regex;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long widest = 1;
    private long last = 1;
    private int at;

    private Repetitions(String regex) {
        this.regex = regex;
    }

    static long of(String regex) {
        return new Repetitions(regex).count();
    }

    private long count() {
        while (at < regex.length()) {
            switch (regex.charAt(at++)) {
                case '\\' -> atom(1);
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                default -> last = 1;
            }
        }
        return widest;
    }

    private void atom(int length) {
        at += length;
        last = 1;
    }

    private void characterClass() {
        while (at < regex.length() && regex.charAt(at) != ']') {
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        atom(1);
    }

    private void open() {
        outer.push(widest);
        widest = 1;
        last = 1;
    }

    private void close() {
        last = widest;
        widest = outer.isEmpty() ? widest : Math.max(widest, outer.pop());
    }

    private void repeat() {
        long times = 0;
        while (at < regex.length() && Character.isDigit(regex.charAt(at))) {
            times = Math.min(times * 10 + Character.digit(regex.charAt(at++), 10), Integer.MAX_VALUE);
        }
        int end = regex.indexOf('}', at);
        at = end < 0 ? at : end + 1;
        last = saturated(last, Math.max(1, times));
        widest = Math.max(widest, last);
    }

    private static long saturated(long one, long other) {
        return Math.min(one, Integer.MAX_VALUE) * Math.min(other, Integer.MAX_VALUE);
    }
}
