package dev.tidings.wire.json;

/// Numbers (RFC 8259, section 6), of any size but not of any length.
final class Numbers {
    private static final int MAX_DIGITS = 1000;

    private Numbers() {}

    static int end(Lexer lexer, int from) {
        int first = lexer.at(from) == '-' ? from + 1 : from;
        int at = lexer.at(first) == '0' ? first + 1 : digits(lexer, first);
        int marks = 0;
        if (lexer.at(at) == '.') {
            at = digits(lexer, at + 1);
            marks++;
        }
        if ((lexer.at(at) | ' ') == 'e') {
            int sign = lexer.at(at + 1) == '+' || lexer.at(at + 1) == '-' ? 1 : 0;
            at = digits(lexer, at + 1 + sign);
            marks += 1 + sign;
        }
        if (marks > 0) {
            lexer.marks |= Lexer.DECIMAL;
        }
        if (at - first - marks > MAX_DIGITS) {
            throw lexer.malformed(from, "a number of at most " + MAX_DIGITS + " digits");
        }
        return at;
    }

    /// One digit or more.
    private static int digits(Lexer lexer, int from) {
        byte[] array = lexer.array;
        int at = from;
        while (at < lexer.end && array[at] >= '0' && array[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw lexer.malformed(from, "a digit");
        }
        return at;
    }
}
