package dev.tidings.filter.sql;

import java.util.List;

/// A part of an expression.
sealed interface SqlNode {
    /// A `String`, `Integer` or `Boolean`.
    record Literal(Object value) implements SqlNode {}

    record Attribute(String name) implements SqlNode {}

    record Exists(String attribute) implements SqlNode {}

    record Not(SqlNode operand) implements SqlNode {}

    record Negation(SqlNode operand) implements SqlNode {}

    record Logic(Connective connective, SqlNode left, SqlNode right) implements SqlNode {}

    record Equality(SqlNode left, SqlNode right) implements SqlNode {}

    record Order(Relation relation, SqlNode left, SqlNode right) implements SqlNode {}

    record Arithmetic(Operator operator, SqlNode left, SqlNode right) implements SqlNode {}

    record Like(SqlNode value, LikePattern pattern) implements SqlNode {}

    record In(SqlNode value, List<SqlNode> set) implements SqlNode {}

    record Call(SqlFunction function, List<SqlNode> arguments) implements SqlNode {}

    enum Connective {
        AND,
        OR,
        XOR
    }

    enum Relation {
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    enum Operator {
        TIMES,
        DIVIDE,
        MODULO,
        PLUS,
        MINUS
    }
}
