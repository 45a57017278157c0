package dev.tidings.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a listener is to get, and how. Immutable: each method that takes something returns another one.
///
/// ```java
/// Listening.to("send-price-alerts", "Shop.Prices.Competitor.Changed").from("latest").concurrency(8)
/// ```
public final class Listening {
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);
    private static final int MOST_PER_SECOND = 1_000_000;

    private final Group group;
    private final Flow flow;
    private final Retrying retrying;

    /// What belongs to its group, and is fixed once that exists.
    private record Group(
            String name,
            List<String> types,
            @Nullable String from,
            @Nullable String filter,
            @Nullable Integer maxDeliveries) {
        private Group {
            types = List.copyOf(types);
            require(!types.isEmpty(), "a listener has one type or more");
            require(maxDeliveries == null || maxDeliveries >= 1, "maxDeliveries is 1 or more, found " + maxDeliveries);
        }
    }

    /// What belongs to each of its connections.
    private record Flow(
            int concurrency,
            int inflight,
            @Nullable Duration ackTimeout,
            Duration backOff,
            @Nullable Integer maxRate) {
        private static final Flow DEFAULT = new Flow(4, 1_000, null, Duration.ofSeconds(5), null);

        private Flow {
            require(
                    concurrency >= 1 && inflight >= concurrency,
                    "concurrency is 1 or more and inflight at least as much, found " + concurrency + " and "
                            + inflight);
            require(
                    ackTimeout == null || ackTimeout.toSeconds() >= 1 && ackTimeout.compareTo(LONGEST) <= 0,
                    "ackTimeout is 1 s to 12 h, found " + ackTimeout);
            require(
                    backOff.toMillis() >= 1 && backOff.compareTo(LONGEST_BACK_OFF) <= 0,
                    "backOff is 1 ms to 1 h, found " + backOff);
            require(
                    maxRate == null || maxRate >= 1 && maxRate <= MOST_PER_SECOND,
                    "maxRate is 1 to 1,000,000 events a second, found " + maxRate);
        }
    }

    private Listening(Group group, Flow flow, Retrying retrying) {
        this.group = group;
        this.flow = flow;
        this.retrying = retrying;
    }

    /// Events of those types, from the earliest, four at a time.
    ///
    /// @param name of the listener: with the service's it names its group at the broker
    public static Listening to(String name, String... types) {
        return new Listening(new Group(name, List.of(types), null, null, null), Flow.DEFAULT, Retrying.DEFAULT);
    }

    /// The same, but begun there where the group is new: `earliest`, `latest` or an RFC 3339 time. A group that exists
    /// goes on where it was.
    public Listening from(String where) {
        return with(new Group(group.name, group.types, where, group.filter, group.maxDeliveries));
    }

    /// The same, but only what a filter lets through: the JSON of one, as the broker's guide to filters tells, such as
    /// `{"cel":"data.total > 100"}`. What it keeps out counts as confirmed. Fixed once the group exists: listening
    /// with another one is refused.
    public Listening filter(String json) {
        return with(new Group(group.name, group.types, group.from, json, group.maxDeliveries));
    }

    /// The same, but an event is dead that was delivered so often and not confirmed: since it was given back
    /// ([RetryLaterException]), or the process that had it ended. Fixed once the group exists.
    public Listening maxDeliveries(int most) {
        return with(new Group(group.name, group.types, group.from, group.filter, most));
    }

    /// The same, but so many events at a time, each of another key.
    public Listening concurrency(int events) {
        return with(new Flow(events, Math.max(flow.inflight, events), flow.ackTimeout, flow.backOff, flow.maxRate));
    }

    /// The same, but with so many events sent ahead of their confirmation; they are held in memory.
    public Listening inflight(int events) {
        return with(new Flow(flow.concurrency, events, flow.ackTimeout, flow.backOff, flow.maxRate));
    }

    /// The same, but with that patience for events that are not confirmed: after it the broker gives them to another
    /// process; also how long it waits for a process that has ended. Well above the slowest handling, with all its
    /// retries; in whole seconds.
    public Listening ackTimeout(Duration time) {
        return with(new Flow(flow.concurrency, flow.inflight, time, flow.backOff, flow.maxRate));
    }

    /// The same, but an event that is given back without a delay ([RetryLaterException]) waits for that time, and for
    /// twice as long with each delivery that ended so, up to an hour.
    public Listening backOff(Duration first) {
        return with(new Flow(flow.concurrency, flow.inflight, flow.ackTimeout, first, flow.maxRate));
    }

    /// The same, but no more than so many events a second, for each process; whoever calls the producer back for each
    /// of them spares it so.
    public Listening maxRate(int eventsPerSecond) {
        return with(new Flow(flow.concurrency, flow.inflight, flow.ackTimeout, flow.backOff, eventsPerSecond));
    }

    /// The same, but for what becomes of events whose handler fails.
    public Listening retrying(Retrying how) {
        return new Listening(group, flow, how);
    }

    private Listening with(Group other) {
        return new Listening(other, flow, retrying);
    }

    private Listening with(Flow other) {
        return new Listening(group, other, retrying);
    }

    /// Of the listener.
    public String name() {
        return group.name;
    }

    /// The types of the events.
    public List<String> types() {
        return group.types;
    }

    /// Where a new group begins; null: at the earliest.
    public @Nullable String from() {
        return group.from;
    }

    /// The JSON of the filter; null: none.
    public @Nullable String filter() {
        return group.filter;
    }

    /// After how many deliveries that ended unconfirmed an event is dead; null: never.
    public @Nullable Integer maxDeliveries() {
        return group.maxDeliveries;
    }

    /// How many events are handled at the same time.
    public int concurrency() {
        return flow.concurrency;
    }

    /// How many events the broker sends ahead of their confirmation.
    public int inflight() {
        return flow.inflight;
    }

    /// After how long an event that is not confirmed goes to another process; null: never, and a minute for a process
    /// that has ended.
    public @Nullable Duration ackTimeout() {
        return flow.ackTimeout;
    }

    /// How long an event waits first that is given back without a delay.
    public Duration backOff() {
        return flow.backOff;
    }

    /// How many events a second at most; null: as many as there are.
    public @Nullable Integer maxRate() {
        return flow.maxRate;
    }

    /// What becomes of events whose handler fails.
    public Retrying retrying() {
        return retrying;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Listening that
                && group.equals(that.group)
                && flow.equals(that.flow)
                && retrying.equals(that.retrying);
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, flow, retrying);
    }

    @Override
    public String toString() {
        return "Listening[" + group + ", " + flow + ", " + retrying + "]";
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
