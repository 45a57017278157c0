package dev.tidings.broker.consuming;

import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a consumer asks for when it opens an instance.
///
/// @param group         the group's name as the client gave it
/// @param lanes         which lanes to deliver
/// @param inflight      how many unconfirmed deliveries it may have; null: the configured default
/// @param types         the subset of the granted types that the group reads; null: all
/// @param maxDeliveries after how many deliveries that ended unconfirmed an event is dead; null: never
/// @param start         where a new group starts
/// @param patience      what becomes of events that it does not confirm
/// @param maxRate       how many events per second it is given at most; null: as many as there are
/// @param filter        the JSON of the filter by which a new group reads; null: everything, or what the group has
/// @param errorsOf      the groups whose dead events a new group reads, instead of standard events; null: it is no
///                      error handler, or what the group has
public record Opening(
        String group,
        Set<Lane> lanes,
        @Nullable Integer inflight,
        @Nullable Set<EventType> types,
        @Nullable Integer maxDeliveries,
        Start start,
        Patience patience,
        @Nullable Integer maxRate,
        @Nullable String filter,
        @Nullable Set<String> errorsOf) {
    /// The highest rate that an instance can ask for, in events per second.
    public static final int MOST_RATE = 1_000_000;

    public Opening {
        lanes = Set.copyOf(lanes);
        types = types == null ? null : Set.copyOf(types);
        errorsOf = errorsOf == null ? null : Set.copyOf(errorsOf);
    }

    /// Without a filter.
    public Opening(
            String group,
            Set<Lane> lanes,
            @Nullable Integer inflight,
            @Nullable Set<EventType> types,
            @Nullable Integer maxDeliveries,
            Start start,
            Patience patience,
            @Nullable Integer maxRate) {
        this(group, lanes, inflight, types, maxDeliveries, start, patience, maxRate, null, null);
    }

    /// As fast as it confirms, and without a filter.
    public Opening(
            String group,
            Set<Lane> lanes,
            @Nullable Integer inflight,
            @Nullable Set<EventType> types,
            @Nullable Integer maxDeliveries,
            Start start,
            Patience patience) {
        this(group, lanes, inflight, types, maxDeliveries, start, patience, null);
    }

    /// Of no process, without an ack timeout, and as fast as it confirms.
    public Opening(
            String group,
            Set<Lane> lanes,
            @Nullable Integer inflight,
            @Nullable Set<EventType> types,
            @Nullable Integer maxDeliveries,
            Start start) {
        this(group, lanes, inflight, types, maxDeliveries, start, Patience.NONE);
    }

    public Opening withFilter(@Nullable String newFilter) {
        return new Opening(group, lanes, inflight, types, maxDeliveries, start, patience, maxRate, newFilter, errorsOf);
    }

    public Opening withErrorsOf(@Nullable Set<String> groups) {
        return new Opening(group, lanes, inflight, types, maxDeliveries, start, patience, maxRate, filter, groups);
    }

    /// What becomes of events that an instance does not confirm.
    ///
    /// @param process    for whom they stay reserved once it has ended; null: for nobody
    /// @param ackTimeout after how long they are taken back while it is open; null: never
    /// @param backOff    after how long one that it releases is delivered again, unless it says so; doubled
    ///                   with each delivery that ended unconfirmed; null: at once
    public record Patience(
            @Nullable String process,
            @Nullable Duration ackTimeout,
            @Nullable Duration backOff) {
        public static final Patience NONE = new Patience(null, null);
        /// What a back-off doubles up to, and the longest that may be asked for.
        public static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);
        /// More than it takes from a millisecond to the longest back-off.
        private static final int DOUBLINGS = 22;
        /// How long they stay reserved where there is no ack timeout.
        public static final Duration RESERVE = Duration.ofMinutes(1);

        public Patience(@Nullable String process, @Nullable Duration ackTimeout) {
            this(process, ackTimeout, null);
        }

        /// How long an event that is released waits.
        ///
        /// @param attempts how many deliveries of it ended unconfirmed before
        public Duration delay(int attempts) {
            if (backOff == null) {
                return Duration.ZERO;
            }
            Duration delay = backOff.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
            return delay.compareTo(LONGEST_BACK_OFF) < 0 ? delay : LONGEST_BACK_OFF;
        }

        /// How long they stay reserved.
        public Duration reserve() {
            return ackTimeout == null ? RESERVE : ackTimeout;
        }
    }

    /// Where a new group starts; a group that exists goes on where it was.
    public sealed interface Start {
        record Earliest() implements Start {}

        record Latest() implements Start {}

        /// At the first event accepted at this time or later.
        record At(Instant time) implements Start {}
    }
}
