package dev.tidings.client.streams;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Reads streams: what has happened, from anywhere, as often as one likes. Reading moves no group and removes nothing;
/// whoever reads remembers where it was, by a position. May be used by any thread.
///
/// A position is a place between two events of one stream: opaque, and the same after restarts of whomever, so that a
/// program may store it with what it made of the events. Of two positions of a stream the later is the greater text.
public interface Streams {
    /// The streams that this program may read.
    CompletableFuture<List<StreamInfo>> list();

    /// Reads a batch, once. Where nothing is there, it is empty after [Reading#patience]; it may be small, or empty,
    /// before the end, too: [StreamBatch#atEnd] tells. Goes on with [Reading#after] and [StreamBatch#next].
    ///
    /// Completes exceptionally with [PositionGoneException] where retention has passed the position, with another
    /// [dev.tidings.client.RefusedException] where the broker refuses, and with
    /// [dev.tidings.client.UnavailableException] where it could not be reached in time. Cancelling ends the
    /// request.
    CompletableFuture<StreamBatch> read(Reading reading);

    /// Reads what is there, then what comes, until it is closed. Has a thread of its own.
    Following follow(Reading reading, BatchHandler handler);
}
