package dev.tidings.outbox;

import dev.tidings.client.FailureListener;
import dev.tidings.model.DataSize;
import java.time.Duration;

/// How a [Relay] works.
///
/// @param batch     how many events one request has at most
/// @param bytes     how much JSON one request has at most, where it has more than one event
/// @param interval  how often the table is looked at while nobody tells of events
/// @param patience  how long an answer of the broker is waited for while the others wait; a relay that hangs for about
///                  twice as long is no longer the one who relays
/// @param onRefused is told of each event that was refused, by the relaying thread, after it was set aside
public record Relaying(int batch, DataSize bytes, Duration interval, Duration patience, FailureListener onRefused) {
    // before the defaults, which they judge
    private static final int LARGEST_BATCH = 10_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /// 500 events or 512 KiB in a request, a look each second, half a minute of patience.
    public static final Relaying DEFAULT = new Relaying(
            500, DataSize.ofKibibytes(512), Duration.ofSeconds(1), Duration.ofSeconds(30), (event, why) -> {});

    /// @throws IllegalArgumentException where one of them is out of its bounds
    public Relaying {
        if (batch < 1 || batch > LARGEST_BATCH) {
            throw new IllegalArgumentException("batch: expected 1 to " + LARGEST_BATCH + ", found " + batch);
        }
        require("interval", interval);
        require("patience", patience);
    }

    private static void require(String name, Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": expected a millisecond to a day, found " + time);
        }
    }

    /// The same with another number of events in a request.
    public Relaying withBatch(int events) {
        return new Relaying(events, bytes, interval, patience, onRefused);
    }

    /// The same with another size of requests.
    public Relaying withBytes(DataSize size) {
        return new Relaying(batch, size, interval, patience, onRefused);
    }

    /// The same, looking at the table after another time.
    public Relaying withInterval(Duration time) {
        return new Relaying(batch, bytes, time, patience, onRefused);
    }

    /// The same with another patience.
    public Relaying withPatience(Duration time) {
        return new Relaying(batch, bytes, interval, time, onRefused);
    }

    /// The same, telling this listener.
    public Relaying onRefused(FailureListener listener) {
        return new Relaying(batch, bytes, interval, patience, listener);
    }

    /// After how long a silent relay has lost its lock: longer than it is ever silent while it is well.
    Duration silence() {
        return patience.multipliedBy(2).plus(interval).plus(Relay.LONGEST_PAUSE);
    }
}
