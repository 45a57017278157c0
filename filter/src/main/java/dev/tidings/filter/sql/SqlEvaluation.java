package dev.tidings.filter.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One evaluation of an expression, fail fast. Of one thread.
final class SqlEvaluation {
    /// Steps: characters that are compared, or written into new texts.
    private static final int MOST_STEPS = 1_000_000;

    private final Function<String, @Nullable Object> attributes;
    private int left = MOST_STEPS;

    SqlEvaluation(Function<String, @Nullable Object> attributes) {
        this.attributes = attributes;
    }

    Object value(SqlNode node) {
        return switch (node) {
            case SqlNode.Literal(var value) -> value;
            case SqlNode.Attribute(var name) -> attribute(name);
            case SqlNode.Exists(var name) -> attributes.apply(name) != null;
            case SqlNode.Not(var operand) -> !truth(operand);
            case SqlNode.Negation(var operand) -> exact(-(long) number(operand));
            case SqlNode.Logic logic -> logic(logic);
            case SqlNode.Equality(var one, var other) -> equal(one, other);
            case SqlNode.Order order -> ordered(order);
            case SqlNode.Arithmetic arithmetic -> arithmetic(arithmetic);
            case SqlNode.Like(var operand, var pattern) -> like(operand, pattern);
            case SqlNode.In(var operand, var set) -> in(operand, set);
            case SqlNode.Call(var function, var arguments) -> call(function, arguments);
        };
    }

    private Object attribute(String name) {
        Object value = attributes.apply(name);
        if (value == null) {
            throw new SqlError(SqlError.Kind.MISSING_ATTRIBUTE);
        }
        return value;
    }

    private boolean truth(SqlNode node) {
        return SqlCast.toBoolean(value(node));
    }

    private int number(SqlNode node) {
        return SqlCast.toInteger(value(node));
    }

    private boolean logic(SqlNode.Logic logic) {
        boolean one = truth(logic.left());
        return switch (logic.connective()) {
            case AND -> one && truth(logic.right());
            case OR -> one || truth(logic.right());
            case XOR -> one ^ truth(logic.right());
        };
    }

    /// The type of the right operand decides.
    private boolean equal(SqlNode one, SqlNode other) {
        Object left = value(one);
        Object right = value(other);
        return same(SqlCast.toTypeOf(right, left), right);
    }

    /// The type of the value decides.
    private boolean in(SqlNode node, List<SqlNode> set) {
        Object value = value(node);
        for (SqlNode element : set) {
            if (same(value, SqlCast.toTypeOf(value, value(element)))) {
                return true;
            }
        }
        return false;
    }

    private boolean same(Object one, Object other) {
        spend(one instanceof String text ? text.length() : 1);
        return one.equals(other);
    }

    private boolean ordered(SqlNode.Order order) {
        int one = number(order.left());
        int other = number(order.right());
        return switch (order.relation()) {
            case LESS -> one < other;
            case LESS_OR_EQUAL -> one <= other;
            case GREATER -> one > other;
            case GREATER_OR_EQUAL -> one >= other;
        };
    }

    private int arithmetic(SqlNode.Arithmetic arithmetic) {
        long one = number(arithmetic.left());
        long other = number(arithmetic.right());
        return switch (arithmetic.operator()) {
            case TIMES -> exact(one * other);
            case DIVIDE -> exact(one / divisor(other));
            case MODULO -> exact(one % divisor(other));
            case PLUS -> exact(one + other);
            case MINUS -> exact(one - other);
        };
    }

    private static long divisor(long number) {
        if (number == 0) {
            throw new SqlError(SqlError.Kind.MATH);
        }
        return number;
    }

    private static int exact(long number) {
        if (number != (int) number) {
            throw new SqlError(SqlError.Kind.MATH);
        }
        return (int) number;
    }

    private boolean like(SqlNode node, LikePattern pattern) {
        String text = value(node).toString();
        spend((long) text.length() * pattern.length());
        return pattern.matches(text);
    }

    private Object call(SqlFunction function, List<SqlNode> nodes) {
        List<Object> arguments = new ArrayList<>(nodes.size());
        long length = 0;
        long longest = 0;
        for (SqlNode node : nodes) {
            Object argument = value(node);
            longest = Math.max(longest, argument.toString().length());
            length += argument.toString().length();
            arguments.add(argument);
        }
        // CONCAT_WS writes its delimiter between all the others
        spend(function == SqlFunction.CONCAT_WS ? longest * nodes.size() : length);
        return function.apply(arguments);
    }

    private void spend(long steps) {
        if (steps > left) {
            throw new SqlError(SqlError.Kind.TOO_COSTLY);
        }
        left -= (int) steps;
    }
}
