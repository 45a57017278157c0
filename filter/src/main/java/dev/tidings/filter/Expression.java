package dev.tidings.filter;

import dev.tidings.filter.cel.CelExpression;
import dev.tidings.filter.cel.CelFailure;
import dev.tidings.filter.sql.SqlError;
import dev.tidings.filter.sql.SqlExpression;
import java.util.List;
import java.util.SortedMap;

/// A filter expression of any dialect. What fails is neither true nor false: it fails the whole unless the rest decides
/// without it, so that a `not` around it does not let events through.
sealed interface Expression {
    Verdict judge(FilterInput event);

    /// True of no members.
    record All(List<Expression> members) implements Expression {
        @Override
        public Verdict judge(FilterInput event) {
            Verdict verdict = Verdict.MATCHES;
            for (Expression member : members) {
                Verdict one = member.judge(event);
                if (one == Verdict.DOES_NOT) {
                    return one;
                }
                verdict = one == Verdict.FAILED ? one : verdict;
            }
            return verdict;
        }
    }

    record Any(List<Expression> members) implements Expression {
        @Override
        public Verdict judge(FilterInput event) {
            Verdict verdict = Verdict.DOES_NOT;
            for (Expression member : members) {
                Verdict one = member.judge(event);
                if (one == Verdict.MATCHES) {
                    return one;
                }
                verdict = one == Verdict.FAILED ? one : verdict;
            }
            return verdict;
        }
    }

    record Not(Expression member) implements Expression {
        @Override
        public Verdict judge(FilterInput event) {
            return switch (member.judge(event)) {
                case MATCHES -> Verdict.DOES_NOT;
                case DOES_NOT -> Verdict.MATCHES;
                case FAILED -> Verdict.FAILED;
            };
        }
    }

    /// Compares the texts of attributes, all of which must be there.
    ///
    /// @param wanted what each of these attributes is compared with
    record Text(Comparison comparison, SortedMap<String, String> wanted) implements Expression {
        @Override
        public Verdict judge(FilterInput event) {
            for (var attribute : wanted.entrySet()) {
                Object value = event.attribute(attribute.getKey());
                if (value == null || !comparison.holds(value.toString(), attribute.getValue())) {
                    return Verdict.DOES_NOT;
                }
            }
            return Verdict.MATCHES;
        }
    }

    /// An expression of the CloudEvents SQL specification. An error of any kind, or a value that is no boolean, lets no
    /// event pass (CESQL 1.0, section 1.2).
    record Sql(String text, SqlExpression compiled) implements Expression {
        @Override
        public Verdict judge(FilterInput event) {
            try {
                return compiled.evaluate(event::attribute) instanceof Boolean truth
                        ? Verdict.of(truth)
                        : event.fail("the value is no boolean, in " + text);
            } catch (SqlError error) {
                return event.fail(error.kind().text() + ", in " + text);
            }
        }
    }

    /// An expression of the Common Expression Language.
    record Cel(String text, CelExpression compiled) implements Expression {
        @Override
        public Verdict judge(FilterInput event) {
            try {
                return Verdict.of(compiled.evaluate(event.variables()));
            } catch (CelFailure failure) {
                return event.fail(failure.reason() + ", in " + text);
            }
        }
    }

    /// How two texts are compared, case by case (CloudEvents Subscriptions, section 3.2.4.1.1).
    enum Comparison {
        EXACT,
        PREFIX,
        SUFFIX;

        boolean holds(String value, String wanted) {
            return switch (this) {
                case EXACT -> value.equals(wanted);
                case PREFIX -> value.startsWith(wanted);
                case SUFFIX -> value.endsWith(wanted);
            };
        }
    }
}
