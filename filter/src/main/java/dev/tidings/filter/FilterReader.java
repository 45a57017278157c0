package dev.tidings.filter;

import dev.tidings.filter.cel.CelExpression;
import dev.tidings.filter.cel.CelFlaw;
import dev.tidings.filter.sql.SqlExpression;
import dev.tidings.filter.sql.SqlFlaw;
import dev.tidings.model.Excerpt;
import dev.tidings.model.NearestName;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the JSON of a filter.
final class FilterReader {
    private static final int MAX_EXPRESSIONS = 256;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_LANGUAGES = 16;
    private static final List<String> DIALECTS =
            List.of("exact", "prefix", "suffix", "all", "any", "not", "sql", "cel");

    private final JsonCursor cursor;
    private int expressions;
    private int languages;

    FilterReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    Expression read() {
        Token token = cursor.value();
        Expression expression = token == Token.ARRAY ? all() : expression("", 1);
        cursor.finish();
        return expression;
    }

    private Expression all() {
        List<Expression> members = members("", 1);
        return members.size() == 1 ? members.getFirst() : new Expression.All(members);
    }

    /// The expression at which the cursor stands.
    private Expression expression(String pointer, int depth) {
        if (token() != Token.OBJECT) {
            throw new FilterFlaw(
                    pointer,
                    "a filter expression is an object such as {\"exact\":{\"type\":\"com.example.created\"}}; found "
                            + found());
        }
        expressions++;
        if (expressions > MAX_EXPRESSIONS || depth > MAX_DEPTH) {
            throw new FilterFlaw(
                    pointer,
                    "a filter has at most " + MAX_EXPRESSIONS + " expressions, nested at most " + MAX_DEPTH
                            + " deep; say it in fewer");
        }
        cursor.enter();
        if (!cursor.member()) {
            throw new FilterFlaw(pointer, "a filter expression names one dialect of " + DIALECTS + "; found none");
        }
        Expression expression = dialect(cursor.name(), pointer, depth);
        if (cursor.member()) {
            throw new FilterFlaw(
                    pointer,
                    "a filter expression has one dialect; found another one, '" + Excerpt.of(cursor.name())
                            + "': put each in an object of its own and these into an array");
        }
        return expression;
    }

    private Expression dialect(String name, String pointer, int depth) {
        String at = pointer + '/' + escaped(name);
        cursor.value();
        return switch (name) {
            case "exact" -> new Expression.Text(Expression.Comparison.EXACT, attributes(at));
            case "prefix" -> new Expression.Text(Expression.Comparison.PREFIX, attributes(at));
            case "suffix" -> new Expression.Text(Expression.Comparison.SUFFIX, attributes(at));
            case "all" -> new Expression.All(someMembers(at, depth + 1));
            case "any" -> new Expression.Any(someMembers(at, depth + 1));
            case "not" -> new Expression.Not(expression(at, depth + 1));
            case "sql" -> sql(language(at), at);
            case "cel" -> cel(language(at), at);
            default ->
                throw new FilterFlaw(
                        at,
                        "there is no dialect '" + Excerpt.of(name) + "'; there are " + String.join(", ", DIALECTS)
                                + NearestName.hint(name, DIALECTS));
        };
    }

    private List<Expression> someMembers(String pointer, int depth) {
        if (token() != Token.ARRAY) {
            throw new FilterFlaw(pointer, "expected an array of filter expressions; found " + found());
        }
        List<Expression> members = members(pointer, depth);
        if (members.isEmpty()) {
            throw new FilterFlaw(pointer, "expected at least one filter expression; found none");
        }
        return members;
    }

    private List<Expression> members(String pointer, int depth) {
        List<Expression> members = new ArrayList<>();
        cursor.enter();
        while (cursor.element() != Token.END) {
            members.add(expression(pointer + '/' + members.size(), depth));
        }
        return List.copyOf(members);
    }

    private SortedMap<String, String> attributes(String pointer) {
        if (token() != Token.OBJECT) {
            throw new FilterFlaw(pointer, "expected an object of attributes and strings; found " + found());
        }
        SortedMap<String, String> attributes = new TreeMap<>();
        cursor.enter();
        while (cursor.member()) {
            String name = cursor.name();
            String at = pointer + '/' + escaped(name);
            requireName(name, at);
            if (cursor.value() != Token.STRING || cursor.string().isEmpty()) {
                throw new FilterFlaw(at, "an attribute is compared with a string that is not empty; found " + found());
            }
            if (attributes.put(name, cursor.string()) != null) {
                throw new FilterFlaw(at, "the attribute '" + name + "' stands here twice; use any or all");
            }
        }
        if (attributes.isEmpty()) {
            throw new FilterFlaw(pointer, "expected at least one attribute; found none");
        }
        return attributes;
    }

    /// The text of an expression in a language of its own.
    private String language(String pointer) {
        if (token() != Token.STRING || cursor.string().isBlank()) {
            throw new FilterFlaw(pointer, "expected an expression as a string; found " + found());
        }
        languages++;
        String text = cursor.string().strip();
        if (text.length() > CelExpression.MAX_LENGTH || languages > MAX_LANGUAGES) {
            throw new FilterFlaw(
                    pointer,
                    "a filter has at most " + MAX_LANGUAGES + " expressions in sql or cel, of at most "
                            + CelExpression.MAX_LENGTH + " characters each");
        }
        return text;
    }

    private static Expression sql(String text, String pointer) {
        try {
            return new Expression.Sql(text, SqlExpression.parse(text));
        } catch (SqlFlaw flaw) {
            throw new FilterFlaw(pointer, "expected an expression of CloudEvents SQL; " + flaw.complaint());
        }
    }

    private static Expression cel(String text, String pointer) {
        try {
            return new Expression.Cel(text, CelExpression.compile(text));
        } catch (CelFlaw flaw) {
            throw new FilterFlaw(pointer, "expected a CEL expression that yields a boolean; " + flaw.complaint());
        }
    }

    private static void requireName(String name, String pointer) {
        boolean named = !name.isEmpty() && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
        if (!named || name.equals("data")) {
            throw new FilterFlaw(
                    pointer,
                    "the name of an attribute is lower-case letters and digits, and data is none; found '"
                            + Excerpt.of(name) + "'");
        }
    }

    private Token token() {
        return cursor.token();
    }

    /// What stands where the cursor stands, for a message.
    private String found() {
        return switch (token()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> '"' + Excerpt.of(cursor.string()) + '"';
            case INTEGER, DECIMAL, TRUE, FALSE, NULL -> cursor.string();
            case END -> "nothing";
        };
    }

    private static String escaped(String name) {
        return Excerpt.of(name).replace("~", "~0").replace("/", "~1");
    }
}
