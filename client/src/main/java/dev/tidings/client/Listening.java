package dev.tidings.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a listener is to get, and how.
///
/// @param name        of the listener: with the service's it names its group at the broker
/// @param types       the types of the events; fixed once the group exists
/// @param from        where a new group begins: `earliest`, `latest`, or an RFC 3339 time; null: earliest. A
///                    group that exists goes on where it was
/// @param concurrency how many events are handled at the same time, each of another key
/// @param inflight    how many events the broker sends ahead of their confirmation; they are held in memory
/// @param retrying    what becomes of events whose handler fails
/// @param ackTimeout  after how long the broker gives an event that is not confirmed to another process; also how
///                    long it waits for a process that has ended; null: never, and a minute. In whole seconds
/// @param filter      which of these events it gets: the JSON of a filter, such as `{"cel":"data.total > 100"}`; null:
///                    all. Fixed once the group exists: listening with another one is refused
public record Listening(
        String name,
        List<String> types,
        @Nullable String from,
        int concurrency,
        int inflight,
        Retrying retrying,
        @Nullable Duration ackTimeout,
        @Nullable String filter) {
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int CONCURRENCY = 4;
    private static final int INFLIGHT = 1_000;

    /// Checks what it is given.
    public Listening {
        types = List.copyOf(types);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("a listener has one type or more");
        }
        if (concurrency < 1 || inflight < concurrency) {
            throw new IllegalArgumentException("concurrency is 1 or more and inflight at least as much, found "
                    + concurrency + " and " + inflight);
        }
        if (ackTimeout != null && (ackTimeout.toSeconds() < 1 || ackTimeout.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("ackTimeout is 1 s to 12 h, found " + ackTimeout);
        }
    }

    /// All events of its types.
    public Listening(
            String name,
            List<String> types,
            @Nullable String from,
            int concurrency,
            int inflight,
            Retrying retrying,
            @Nullable Duration ackTimeout) {
        this(name, types, from, concurrency, inflight, retrying, ackTimeout, null);
    }

    /// Events of those types, from the earliest, four at a time.
    public static Listening to(String name, String... types) {
        return new Listening(name, List.of(types), null, CONCURRENCY, INFLIGHT, Retrying.DEFAULT, null);
    }

    /// The same, but begun there where the group is new: `earliest`, `latest` or an RFC 3339 time.
    public Listening from(String where) {
        return new Listening(name, types, where, concurrency, inflight, retrying, ackTimeout, filter);
    }

    /// The same, but so many events at a time, each of another key.
    public Listening concurrency(int events) {
        return new Listening(name, types, from, events, Math.max(inflight, events), retrying, ackTimeout, filter);
    }

    /// The same, but with so many events sent ahead of their confirmation.
    public Listening inflight(int events) {
        return new Listening(name, types, from, concurrency, events, retrying, ackTimeout, filter);
    }

    /// The same, but for what becomes of events whose handler fails.
    public Listening retrying(Retrying how) {
        return new Listening(name, types, from, concurrency, inflight, how, ackTimeout, filter);
    }

    /// The same, but with that patience for events that are not confirmed; well above the slowest handling, with all
    /// its retries.
    public Listening ackTimeout(Duration time) {
        return new Listening(name, types, from, concurrency, inflight, retrying, time, filter);
    }

    /// The same, but only what a filter lets through: the JSON of one, as the broker's guide to filters tells. What it
    /// keeps out counts as confirmed.
    public Listening filter(String json) {
        return new Listening(name, types, from, concurrency, inflight, retrying, ackTimeout, json);
    }
}
