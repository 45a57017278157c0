package dev.tidings.broker.schemas;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions that give up. A pattern such as `(a+)+$` takes exponential time on some texts; but it looks
/// at a character at each of its steps. So the text counts the looks, over all the patterns of one check.
final class BoundedPatterns implements RegularExpressionFactory {
    private static final ScopedValue<Budget> BUDGET = ScopedValue.newInstance();

    private static final long MAX_REPETITIONS = 100_000;

    /// Runs one check with a budget of its own. Patterns that exceed it throw [TooCostly].
    ///
    /// @param steps how many characters the patterns of the check may look at
    <T> T bounded(long steps, Supplier<T> check) {
        return ScopedValue.where(BUDGET, new Budget(steps)).call(check::get);
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        if (Repetitions.of(regex) > MAX_REPETITIONS) {
            throw new SchemaException(
                    "the pattern " + regex + " repeats a part of itself more than " + MAX_REPETITIONS + " times");
        }
        String java =
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex));
        try {
            Pattern pattern = Pattern.compile(java);
            return text -> found(pattern, text);
        } catch (PatternSyntaxException flaw) {
            throw new SchemaException("the pattern " + regex + " is no regular expression: " + flaw.getDescription());
        }
    }

    private static boolean found(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Metered(text, BUDGET.get())).find();
        } catch (StackOverflowError _) {
            // The JDK's matcher recurses once for each repetition of a group.
            throw new TooCostly(pattern);
        } catch (Spent _) {
            throw new TooCostly(pattern);
        }
    }

    /// A pattern took more steps than a check may take.
    static final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooCostly(Pattern pattern) {
            super("the pattern " + pattern + " takes too many steps on this text", null, false, false);
        }
    }

    private static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Spent() {
            super(null, null, false, false);
        }
    }

    private static final class Budget {
        private long left;

        Budget(long left) {
            this.left = left;
        }

        void spend() {
            if (--left < 0) {
                throw new Spent();
            }
        }
    }

    private record Metered(String text, Budget budget) implements CharSequence {
        @Override
        public char charAt(int index) {
            budget.spend();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
