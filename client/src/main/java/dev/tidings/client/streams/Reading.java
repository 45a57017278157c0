package dev.tidings.client.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What of a stream to read. Immutable: each method that takes something returns another one.
///
/// ```java
/// Reading.of("Shop.Web").after(position).types("Shop.Web.Order.Placed").max(500)
/// ```
public final class Reading {
    private static final int MOST = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final String stream;
    private final Start start;
    private final Choice choice;
    private final Bounds bounds;

    private record Start(String parameter, String value) {}

    private record Choice(List<String> types, @Nullable String filter) {}

    private record Bounds(int max, Duration patience) {
        private Bounds {
            if (max < 1 || max > MOST) {
                throw new IllegalArgumentException("a batch has 1 to 1,000 events at most, found " + max);
            }
            if (patience.isNegative() || patience.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("patience is 0 to 60 s, found " + patience);
            }
        }
    }

    private Reading(String stream, Start start, Choice choice, Bounds bounds) {
        this.stream = stream;
        this.start = start;
        this.choice = choice;
        this.bounds = bounds;
    }

    /// All events of a stream that the program may see, from the earliest, 100 at a time at most, without waiting.
    ///
    /// @param stream what the types of its events share, such as `Shop.Web`
    public static Reading of(String stream) {
        return new Reading(
                stream, new Start("from", "earliest"), new Choice(List.of(), null), new Bounds(100, Duration.ZERO));
    }

    /// The same, but from `earliest` or `latest`.
    public Reading from(String where) {
        return with(new Start("from", where));
    }

    /// The same, but from behind a position: a [StreamBatch#next], or that of an event.
    public Reading after(String position) {
        return with(new Start("after", position));
    }

    /// The same, but from the first event that was accepted at that time or later.
    public Reading since(Instant time) {
        return with(new Start("since", time.toString()));
    }

    /// The same, but only events of these types; none: of all.
    public Reading types(String... some) {
        return new Reading(stream, start, new Choice(List.of(some), choice.filter), bounds);
    }

    /// The same, but only what a filter lets through: the JSON of one, as the broker's guide to filters tells.
    public Reading filter(String json) {
        return new Reading(stream, start, new Choice(choice.types, json), bounds);
    }

    /// The same, but at most so many events a batch, up to 1,000. One has about 1 MiB at most besides.
    public Reading max(int events) {
        return new Reading(stream, start, choice, new Bounds(events, bounds.patience));
    }

    /// The same, but where there is nothing to read, it is waited for, up to 60 s, in whole seconds. Whoever follows
    /// waits so long each time anyhow.
    public Reading patience(Duration time) {
        return new Reading(stream, start, choice, new Bounds(bounds.max, time));
    }

    private Reading with(Start other) {
        return new Reading(stream, other, choice, bounds);
    }

    /// The name of the stream.
    public String stream() {
        return stream;
    }

    /// Which parameter of the request says where to begin: `from`, `after` or `since`.
    public String startParameter() {
        return start.parameter;
    }

    /// The value of that parameter.
    public String startValue() {
        return start.value;
    }

    /// The types that are wanted; none: all.
    public List<String> types() {
        return choice.types;
    }

    /// The JSON of the filter; null: none.
    public @Nullable String filter() {
        return choice.filter;
    }

    /// How many events a batch has at most.
    public int max() {
        return bounds.max;
    }

    /// How long to wait where there is nothing.
    public Duration patience() {
        return bounds.patience;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reading that
                && stream.equals(that.stream)
                && start.equals(that.start)
                && choice.equals(that.choice)
                && bounds.equals(that.bounds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stream, start, choice, bounds);
    }

    @Override
    public String toString() {
        return "Reading[" + stream + ", " + start + ", " + choice + ", " + bounds + "]";
    }
}
