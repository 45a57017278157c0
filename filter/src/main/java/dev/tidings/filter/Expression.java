package dev.tidings.filter;

import java.util.List;
import java.util.SortedMap;

/// A filter expression of any dialect. What fails is neither true nor false: it fails the whole unless the rest decides
/// without it, so that a `not` around it does not let events through.
sealed interface Expression permits Expression.All, Expression.Any, Expression.Not, Expression.Text {
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
