package dev.tidings.wire.json;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;

/// One strict pass over a JSON text that tells where each value stands in it. Nothing is copied, and no string made,
/// unless asked for. Complains with [Malformed]. Belongs to one thread.
///
/// The caller leads: [#value] where a value must stand, [#enter] or [#skip] where it is an object or array, inside
/// them [#member] or [#element] until they end, and at last [#finish].
public final class JsonCursor {
    private final Bytes text;
    private final Lexer lexer;
    private final Nesting nesting = new Nesting();
    private final Skimmer skimmer;

    private int at;
    private int tokenAt;
    private Token token = Token.END;
    private boolean entered;
    private int nameFrom;
    private int nameTo;
    private int nameMarks;

    public JsonCursor(Bytes text, int maxDepth) {
        this.text = text;
        lexer = new Lexer(text);
        skimmer = new Skimmer(lexer, nesting, maxDepth);
        at = lexer.start;
    }

    /// Reads the value that must stand here; of an object or array, nothing yet.
    public Token value() {
        at = lexer.blanks(at);
        tokenAt = at;
        lexer.marks = 0;
        at = lexer.opens(at) ? at : lexer.scalar(at);
        token = switch (lexer.at(tokenAt)) {
            case '"' -> Token.STRING;
            case '{' -> Token.OBJECT;
            case '[' -> Token.ARRAY;
            case 't' -> Token.TRUE;
            case 'f' -> Token.FALSE;
            case 'n' -> Token.NULL;
            default -> lexer.marks == 0 ? Token.INTEGER : Token.DECIMAL;
        };
        return token;
    }

    /// What the value is that was read last.
    public Token token() {
        return token;
    }

    /// Goes into the object or array that was read.
    public void enter() {
        at = skimmer.open(at);
        entered = true;
    }

    /// Inside an object: goes on to the next member, to its value. False behind the last.
    public boolean member() {
        if (!another('}')) {
            return false;
        }
        nameFrom = at + 1;
        int behind = lexer.name(at);
        nameMarks = lexer.marks;
        nameTo = behind - 1;
        at = lexer.colon(behind);
        tokenAt = at;
        return true;
    }

    /// Inside an array: reads the next value. [Token#END] behind the last.
    public Token element() {
        return another(']') ? value() : Token.END;
    }

    /// Passes over the rest of what was read, and tells where it ends.
    public int skip() {
        if (token == Token.OBJECT || token == Token.ARRAY) {
            at = skimmer.pass(at);
        }
        return end();
    }

    /// Demands that nothing but white space follows.
    public void finish() {
        at = lexer.blanks(at);
        if (at < lexer.end) {
            throw lexer.malformed(at, "nothing behind the end of the JSON value");
        }
    }

    /// Where the value that was read begins; before it is read, where it will.
    public int at() {
        return tokenAt - lexer.start;
    }

    /// Behind what was read so far.
    public int end() {
        return at - lexer.start;
    }

    /// Where the last member begins: at its name's opening quote.
    public int memberAt() {
        return nameFrom - 1 - lexer.start;
    }

    public String name() {
        return string(nameFrom, nameTo, nameMarks);
    }

    /// Whether the name has escapes; then its bytes here tell nothing.
    public boolean nameEscaped() {
        return (nameMarks & Lexer.ESCAPED) != 0;
    }

    public int nameLength() {
        return nameTo - nameFrom;
    }

    public byte nameByte(int index) {
        return lexer.array[nameFrom + index];
    }

    /// Whether the name is this one, in ASCII without escapes.
    public boolean nameIs(String ascii) {
        if (ascii.length() != nameLength()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (ascii.charAt(i) != nameByte(i)) {
                return false;
            }
        }
        return true;
    }

    /// The string that was read, decoded; a number or literal as it stands.
    public String string() {
        return token == Token.STRING
                ? string(tokenAt + 1, at - 1, lexer.marks)
                : new String(lexer.array, tokenAt, at - tokenAt, StandardCharsets.ISO_8859_1);
    }

    /// The string that was read as it stands between its quotes.
    public Bytes raw() {
        return text.slice(at() + 1, end() - 1);
    }

    /// Whether the string that was read is ASCII without escapes.
    public boolean plain() {
        return lexer.marks == 0;
    }

    public Bytes slice(int from, int to) {
        return text.slice(from, to);
    }

    /// Inside an object or array: to the next name or value, or behind the bracket that closes it.
    private boolean another(char closing) {
        at = lexer.blanks(at);
        boolean first = entered;
        entered = false;
        if (lexer.at(at) == closing || !first && lexer.at(at) != ',') {
            tokenAt = at;
            at = skimmer.ended(at);
            return false;
        }
        at = first ? at : lexer.blanks(at + 1);
        return true;
    }

    private String string(int from, int to, int marks) {
        if ((marks & Lexer.ESCAPED) != 0) {
            return Escapes.decode(lexer.array, from, to);
        }
        return new String(
                lexer.array, from, to - from, marks == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
