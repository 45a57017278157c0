package dev.tidings.filter.sql;

import dev.tidings.filter.sql.SqlToken.Kind;
import dev.tidings.model.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads an expression (CESQL 1.0, section 2). What binds tighter stands further down: `XOR`, `OR`, `AND`, `NOT`,
/// comparisons, `+ -`, `* / %`, the sign, `LIKE` and `IN`.
final class SqlParser {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 1_000;
    private static final Map<String, SqlNode.Relation> RELATIONS = Map.of(
            "<", SqlNode.Relation.LESS,
            "<=", SqlNode.Relation.LESS_OR_EQUAL,
            ">", SqlNode.Relation.GREATER,
            ">=", SqlNode.Relation.GREATER_OR_EQUAL);

    private final List<SqlToken> tokens;
    private int at;
    private int depth;
    private int nodes;

    private SqlParser(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    static SqlNode parse(String text) {
        SqlParser parser = new SqlParser(SqlLexer.tokens(text));
        SqlNode node = parser.expression();
        if (parser.here().kind() != Kind.END) {
            throw parser.unexpected("an operator or the end");
        }
        return node;
    }

    private SqlNode expression() {
        SqlNode left = disjunction();
        while (take("XOR")) {
            left = counted(new SqlNode.Logic(SqlNode.Connective.XOR, left, disjunction()));
        }
        return left;
    }

    private SqlNode disjunction() {
        SqlNode left = conjunction();
        while (take("OR")) {
            left = counted(new SqlNode.Logic(SqlNode.Connective.OR, left, conjunction()));
        }
        return left;
    }

    private SqlNode conjunction() {
        SqlNode left = comparison();
        while (take("AND")) {
            left = counted(new SqlNode.Logic(SqlNode.Connective.AND, left, comparison()));
        }
        return left;
    }

    private SqlNode comparison() {
        if (here().isKeyword("NOT")) {
            return negated();
        }
        SqlNode left = sum();
        while (here().kind() == Kind.SYMBOL) {
            String symbol = here().text();
            SqlNode.Relation relation = RELATIONS.get(symbol);
            if (relation != null) {
                at++;
                left = counted(new SqlNode.Order(relation, left, sum()));
            } else if (symbol.equals("=")) {
                at++;
                left = counted(new SqlNode.Equality(left, sum()));
            } else if (symbol.equals("!=") || symbol.equals("<>")) {
                at++;
                left = counted(new SqlNode.Not(new SqlNode.Equality(left, sum())));
            } else {
                return left;
            }
        }
        return left;
    }

    private SqlNode negated() {
        enter();
        at++;
        SqlNode node = counted(new SqlNode.Not(comparison()));
        depth--;
        return node;
    }

    private SqlNode sum() {
        SqlNode left = product();
        while (here().isSymbol("+") || here().isSymbol("-")) {
            SqlNode.Operator operator = here().isSymbol("+") ? SqlNode.Operator.PLUS : SqlNode.Operator.MINUS;
            at++;
            left = counted(new SqlNode.Arithmetic(operator, left, product()));
        }
        return left;
    }

    private SqlNode product() {
        SqlNode left = signed();
        while (here().kind() == Kind.SYMBOL && "*/%".contains(here().text())) {
            SqlNode.Operator operator = switch (here().text()) {
                case "*" -> SqlNode.Operator.TIMES;
                case "/" -> SqlNode.Operator.DIVIDE;
                default -> SqlNode.Operator.MODULO;
            };
            at++;
            left = counted(new SqlNode.Arithmetic(operator, left, signed()));
        }
        return left;
    }

    private SqlNode signed() {
        if (here().isKeyword("NOT")) {
            return negated();
        }
        if (!here().isSymbol("-")) {
            return matched();
        }
        at++;
        if (here().kind() == Kind.INTEGER) {
            return integer("-" + here().text());
        }
        enter();
        SqlNode node = counted(new SqlNode.Negation(signed()));
        depth--;
        return node;
    }

    private SqlNode matched() {
        SqlNode value = primary();
        while (true) {
            int before = at;
            boolean not = take("NOT");
            SqlNode node = take("LIKE") ? like(value) : take("IN") ? in(value) : null;
            if (node == null) {
                at = before;
                return value;
            }
            value = counted(not ? new SqlNode.Not(node) : node);
        }
    }

    private SqlNode like(SqlNode value) {
        if (here().kind() != Kind.STRING) {
            throw unexpected("the pattern of LIKE in quotes");
        }
        return new SqlNode.Like(value, new LikePattern(tokens.get(at++).text()));
    }

    private SqlNode in(SqlNode value) {
        if (!here().isSymbol("(")) {
            throw unexpected("the set of IN in parentheses");
        }
        int start = here().at();
        List<SqlNode> set = list();
        if (set.isEmpty()) {
            throw new SqlFlaw(start, "the set of IN has at least one element");
        }
        return new SqlNode.In(value, set);
    }

    private SqlNode primary() {
        SqlToken token = here();
        return switch (token.kind()) {
            case INTEGER -> integer(token.text());
            case STRING -> literal(token.text());
            case WORD -> word(token);
            case SYMBOL, END -> nested();
        };
    }

    private SqlNode nested() {
        if (!here().isSymbol("(")) {
            throw unexpected("a value");
        }
        enter();
        at++;
        SqlNode node = expression();
        close();
        return node;
    }

    private SqlNode word(SqlToken token) {
        return switch (token.lowerCase()) {
            case "true" -> literal(true);
            case "false" -> literal(false);
            case "exists" -> {
                at++;
                yield counted(new SqlNode.Exists(identifier()));
            }
            case "and", "or", "xor", "not", "like", "in" -> throw unexpected("a value");
            default -> tokens.get(at + 1).isSymbol("(") ? call(token) : counted(new SqlNode.Attribute(identifier()));
        };
    }

    private SqlNode call(SqlToken name) {
        at++;
        List<SqlNode> arguments = list();
        return counted(new SqlNode.Call(
                SqlFunction.find(name.text(), arguments.size())
                        .orElseThrow(() -> new SqlFlaw(
                                name.at(),
                                "there is no function '" + name.text() + "' of " + arguments.size() + " arguments"
                                        + NearestName.hint(
                                                name.text().toUpperCase(java.util.Locale.ROOT), SqlFunction.names()))),
                arguments));
    }

    /// What stands between parentheses, with commas.
    private List<SqlNode> list() {
        List<SqlNode> elements = new ArrayList<>();
        enter();
        at++;
        if (!here().isSymbol(")")) {
            elements.add(expression());
            while (here().isSymbol(",")) {
                at++;
                elements.add(expression());
            }
        }
        close();
        return List.copyOf(elements);
    }

    private void close() {
        if (!here().isSymbol(")")) {
            throw unexpected("')'");
        }
        at++;
        depth--;
    }

    private SqlNode integer(String digits) {
        SqlToken token = tokens.get(at++);
        try {
            return counted(new SqlNode.Literal(Integer.parseInt(digits)));
        } catch (NumberFormatException large) {
            throw new SqlFlaw(token.at(), "an integer has 32 bits; found " + digits);
        }
    }

    private SqlNode literal(Object value) {
        at++;
        return counted(new SqlNode.Literal(value));
    }

    private String identifier() {
        SqlToken token = here();
        if (token.kind() != Kind.WORD || token.text().indexOf('_') >= 0) {
            throw unexpected("the name of an attribute, letters and digits");
        }
        at++;
        return token.lowerCase();
    }

    private boolean take(String keyword) {
        boolean here = here().isKeyword(keyword);
        at += here ? 1 : 0;
        return here;
    }

    private SqlToken here() {
        return tokens.get(at);
    }

    private void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new SqlFlaw(here().at(), "an expression nests at most " + MAX_DEPTH + " deep");
        }
    }

    private SqlNode counted(SqlNode node) {
        nodes++;
        if (nodes > MAX_NODES) {
            throw new SqlFlaw(here().at(), "an expression has at most " + MAX_NODES + " operators and values");
        }
        return node;
    }

    private SqlFlaw unexpected(String expected) {
        return new SqlFlaw(here().at(), "expected " + expected + ", found " + here().shown());
    }
}
