package dev.tidings.broker.pressure;

import java.util.Comparator;

/// How a group is held back by what a type may be delivered at.
///
/// @param load    how the type is delivered to all
/// @param held    how many deliveries of the group are unconfirmed
/// @param waiting how many events of the group were read, and wait
/// @param divisor by what the limits are divided for the group while it starts slowly; 1: it has
public record Throttled(TypeLoad load, int held, int waiting, int divisor) implements Comparable<Throttled> {
    private static final Comparator<Throttled> MOST_FIRST =
            Comparator.comparingInt(Throttled::waiting).reversed().thenComparing(throttled -> throttled.load.type());

    @Override
    public int compareTo(Throttled other) {
        return MOST_FIRST.compare(this, other);
    }

    /// `throttled by type X: 200/s of 200/s used, 17 waiting`, for people.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("throttled by type " + load.type() + ":");
        Integer rate = load.limits().rate();
        Integer concurrency = load.limits().concurrency();
        if (rate != null) {
            text.append(' ').append(load.rate()).append("/s of ").append(rate).append("/s used,");
        }
        if (concurrency != null) {
            text.append(' ')
                    .append(load.held())
                    .append(" of ")
                    .append(concurrency)
                    .append(" unconfirmed,");
        }
        if (divisor > 1) {
            text.append(" starts slowly with 1/").append(divisor).append(" of that,");
        }
        return text.append(' ').append(waiting).append(" waiting").toString();
    }
}
