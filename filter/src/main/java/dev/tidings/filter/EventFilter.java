package dev.tidings.filter;

import dev.tidings.wire.json.Malformed;

/// A compiled filter. Any number of threads may ask it at once. Filters whose [#canonical] texts are equal are equal.
public final class EventFilter {
    private final Expression expression;
    private final String canonical;

    EventFilter(Expression expression) {
        this.expression = expression;
        this.canonical = CanonicalText.of(expression);
    }

    /// Never throws, whatever the event holds, and takes bounded time.
    public Verdict judge(FilterInput event) {
        try {
            return expression.judge(event);
        } catch (Malformed malformed) {
            return event.fail(malformed.complaint());
        }
    }

    /// The filter as JSON without white space, the attributes of a test in the order of their names. Compiles to an
    /// equal filter.
    public String canonical() {
        return canonical;
    }

    /// Whether every event matches: the filter is an empty array.
    public boolean matchesAll() {
        return expression instanceof Expression.All(var members) && members.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventFilter that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return canonical;
    }
}
