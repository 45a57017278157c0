package dev.tidings.filter.sql;

import java.util.Locale;

/// An error of the evaluation of an expression (CESQL 1.0, section 3.3).
public final class SqlError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// What went wrong.
    public enum Kind {
        CAST,
        MATH,
        MISSING_ATTRIBUTE,
        FUNCTION_EVALUATION,
        /// Not of the specification: texts so long that the evaluation would take too long.
        TOO_COSTLY;

        /// `MISSING_ATTRIBUTE` is `missing attribute`.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    SqlError(Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
