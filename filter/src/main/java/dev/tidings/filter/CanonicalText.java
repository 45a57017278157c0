package dev.tidings.filter;

import java.util.List;
import java.util.Locale;

/// Writes expressions as JSON, equal ones equally.
final class CanonicalText {
    private final StringBuilder text = new StringBuilder();

    private CanonicalText() {}

    static String of(Expression expression) {
        CanonicalText canonical = new CanonicalText();
        if (expression instanceof Expression.All(var members) && members.isEmpty()) {
            return "[]";
        }
        canonical.write(expression);
        return canonical.text.toString();
    }

    private void write(Expression expression) {
        switch (expression) {
            case Expression.All(var members) -> dialect("all").members(members);
            case Expression.Any(var members) -> dialect("any").members(members);
            case Expression.Not(var member) -> dialect("not").write(member);
            case Expression.Sql(var written, var _) -> dialect("sql").string(written);
            case Expression.Cel(var written, var _) -> dialect("cel").string(written);
            case Expression.Text(var comparison, var wanted) -> {
                dialect(comparison.name().toLowerCase(Locale.ROOT));
                char separator = '{';
                for (var attribute : wanted.entrySet()) {
                    text.append(separator);
                    string(attribute.getKey());
                    text.append(':');
                    string(attribute.getValue());
                    separator = ',';
                }
                text.append('}');
            }
        }
        text.append('}');
    }

    private CanonicalText dialect(String name) {
        text.append('{');
        string(name);
        text.append(':');
        return this;
    }

    private void members(List<Expression> members) {
        char separator = '[';
        for (Expression member : members) {
            text.append(separator);
            write(member);
            separator = ',';
        }
        text.append(']');
    }

    /// No UTF-8 spells half of a surrogate pair.
    private static boolean isHalf(String value, int index) {
        char c = value.charAt(index);
        return Character.isHighSurrogate(c)
                ? index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1))
                : Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || isHalf(value, i)) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
