package dev.tidings.wire.json;

/// Passes over values, however large and deep, in a loop.
final class Skimmer {
    private final Lexer lexer;
    private final Nesting nesting;
    private final int maxDepth;

    Skimmer(Lexer lexer, Nesting nesting, int maxDepth) {
        this.lexer = lexer;
        this.nesting = nesting;
        this.maxDepth = maxDepth;
    }

    /// Behind the value that begins here.
    int pass(int from) {
        int outside = nesting.depth();
        int at = close(first(from), outside);
        while (nesting.depth() > outside) {
            int next = lexer.blanks(at + 1);
            at = close(first(nesting.inObject() ? lexer.colon(lexer.name(next)) : next), outside);
        }
        return at;
    }

    /// Opens an object or array. Behind its bracket.
    int open(int at) {
        if (nesting.depth() == maxDepth) {
            throw lexer.malformed(at, "a depth of at most " + maxDepth);
        }
        if (lexer.at(at) == '{') {
            nesting.openObject();
        } else {
            nesting.openArray();
        }
        return at + 1;
    }

    /// Behind the first value that holds no other: this one, or the first inside it that doesn't.
    private int first(int from) {
        int at = from;
        while (lexer.opens(at)) {
            at = lexer.blanks(open(at));
            if (nesting.inObject()) {
                if (lexer.at(at) == '}') {
                    return closed(at);
                }
                at = lexer.colon(lexer.name(at));
            } else if (lexer.at(at) == ']') {
                return closed(at);
            }
        }
        return lexer.scalar(at);
    }

    /// Closes what ends behind a value: at the comma before the next, or behind everything.
    private int close(int from, int outside) {
        int at = from;
        while (nesting.depth() > outside) {
            at = lexer.blanks(at);
            int b = lexer.at(at);
            if (b == ',') {
                return at;
            }
            at = ended(at);
        }
        return at;
    }

    /// Closes what is open. Behind its bracket.
    int ended(int at) {
        boolean object = nesting.inObject();
        if (lexer.at(at) != (object ? '}' : ']')) {
            throw lexer.malformed(at, object ? "a comma or the end of the object" : "a comma or the end of the array");
        }
        return closed(at);
    }

    private int closed(int at) {
        nesting.close();
        return at + 1;
    }
}
