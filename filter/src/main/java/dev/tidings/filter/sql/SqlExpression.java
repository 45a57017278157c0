package dev.tidings.filter.sql;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An expression. Any thread may evaluate it.
public final class SqlExpression {
    private final SqlNode root;

    private SqlExpression(SqlNode root) {
        this.root = root;
    }

    /// Throws [SqlFlaw] where the text is none.
    public static SqlExpression parse(String text) {
        return new SqlExpression(SqlParser.parse(text));
    }

    /// A `String`, `Integer` or `Boolean`; throws [SqlError] at the first error.
    ///
    /// @param attributes finds the value of an attribute: a `String`, `Integer` or `Boolean`; null: there is none
    public Object evaluate(Function<String, @Nullable Object> attributes) {
        return new SqlEvaluation(attributes).value(root);
    }
}
