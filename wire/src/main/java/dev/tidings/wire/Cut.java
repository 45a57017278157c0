package dev.tidings.wire;

import dev.tidings.model.Bytes;

/// Takes members out of the text of a JSON object.
final class Cut {
    private Cut() {}

    /// The text without the member that stands from `from` to `to` (from its name's opening quote to behind its
    /// value), nor the comma that parted it from its neighbour.
    static Bytes member(Bytes text, int from, int to) {
        int end = passBlanks(text, to);
        if (text.at(end) == ',') {
            return without(text, from, passBlanks(text, end + 1));
        }
        int start = from - 1;
        while (blank(text.at(start))) {
            start--;
        }
        return without(text, text.at(start) == ',' ? start : from, to);
    }

    static int passBlanks(Bytes text, int from) {
        int at = from;
        while (blank(text.at(at))) {
            at++;
        }
        return at;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static Bytes without(Bytes text, int from, int to) {
        byte[] rest = new byte[text.length() - (to - from)];
        text.slice(0, from).copyTo(rest, 0);
        text.slice(to, text.length()).copyTo(rest, from);
        return Bytes.of(rest);
    }
}
