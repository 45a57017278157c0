package dev.tidings.filter.sql;

import java.util.Locale;

/// A token of an expression.
///
/// @param text of a word or symbol: itself; of a string: what stands between its quotes, its escaped quotes resolved
/// @param at   the index of its first character
record SqlToken(Kind kind, String text, int at) {
    enum Kind {
        /// Letters, digits and `_`, but not digits only: an identifier, a keyword or the name of a function.
        WORD,
        INTEGER,
        STRING,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /// Keywords are case-insensitive.
    boolean isKeyword(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    String lowerCase() {
        return text.toLowerCase(Locale.ROOT);
    }

    /// As a message shows it.
    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
