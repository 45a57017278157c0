package dev.tidings.client;

import dev.tidings.wire.ReleaseDelay;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Thrown by a handler: not now. The event is given back to the broker, which delivers it again when the delay is
/// over, to whichever process of the service is there; what follows of its key waits behind it. It holds up nothing
/// else here,
/// and is no failed attempt of [Retrying]; the broker counts it among the deliveries of
/// [Listening#maxDeliveries].
///
/// Inside one process there is nobody to give it back to: it waits in memory, and keeps its key; where delivery is
/// synchronous, [Bus#fire] throws this.
public final class RetryLaterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration delay;

    /// After the [Listening#backOff], which the broker doubles each time.
    public RetryLaterException() {
        this.delay = null;
    }

    /// After that time.
    ///
    /// @param delay at most seven days; survives a restart of the broker
    public RetryLaterException(Duration delay) {
        this(delay, null);
    }

    /// The same.
    ///
    /// @param cause what stands in the way; it stays in the program
    public RetryLaterException(Duration delay, @Nullable Throwable cause) {
        super("not now, again in " + delay, cause);
        if (delay.isNegative() || delay.compareTo(ReleaseDelay.LONGEST) > 0) {
            throw new IllegalArgumentException("a delay is 0 to 7 days, found " + delay);
        }
        this.delay = delay;
    }

    /// How long to wait; empty: as the listener says.
    public Optional<Duration> delay() {
        return Optional.ofNullable(delay);
    }
}
