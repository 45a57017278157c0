package dev.tidings.filter.sql;

import dev.tidings.filter.sql.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts an expression into tokens.
final class SqlLexer {
    private static final String SYMBOLS = "(),*/%+-=<>!";

    private final String text;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    private SqlLexer(String text) {
        this.text = text;
    }

    /// The last one is the [Kind#END].
    static List<SqlToken> tokens(String text) {
        SqlLexer lexer = new SqlLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        lexer.tokens.add(new SqlToken(Kind.END, "", text.length()));
        return lexer.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            at++;
        } else if (c == '\'' || c == '"') {
            string(c);
        } else if (isWordChar(c)) {
            word();
        } else if (SYMBOLS.indexOf(c) >= 0) {
            symbol(c);
        } else {
            throw new SqlFlaw(at, "no part of an expression begins with '" + c + "'");
        }
    }

    private void string(char quote) {
        int start = at;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                at++;
                tokens.add(new SqlToken(Kind.STRING, value.toString(), start));
                return;
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                value.append(text.charAt(at) == quote ? "" : "\\").append(text.charAt(at));
            } else {
                value.append(c);
            }
        }
        throw new SqlFlaw(start, "the string has no end; expected another " + quote);
    }

    private void word() {
        int start = at;
        boolean digits = true;
        while (at < text.length() && isWordChar(text.charAt(at))) {
            digits &= isDigit(text.charAt(at));
            at++;
        }
        tokens.add(new SqlToken(digits ? Kind.INTEGER : Kind.WORD, text.substring(start, at), start));
    }

    private void symbol(char c) {
        String two = at + 1 < text.length() ? text.substring(at, at + 2) : "";
        String symbol = switch (two) {
            case "!=", "<>", "<=", ">=" -> two;
            default -> String.valueOf(c);
        };
        tokens.add(new SqlToken(Kind.SYMBOL, symbol, at));
        at += symbol.length();
    }

    private static boolean isWordChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
