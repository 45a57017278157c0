package dev.tidings.filter.sql;

/// A text is no expression: says what was expected, what found, and at which character.
public final class SqlFlaw extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String complaint;

    /// @param at the index of the character at which it was noticed
    SqlFlaw(int at, String complaint) {
        this(complaint + ", at character " + (at + 1));
    }

    private SqlFlaw(String complaint) {
        super(complaint, null, false, false);
        this.complaint = complaint;
    }

    public String complaint() {
        return complaint;
    }
}
