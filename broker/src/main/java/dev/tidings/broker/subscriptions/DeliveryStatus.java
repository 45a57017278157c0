package dev.tidings.broker.subscriptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the deliveries of a subscription go, as far as this process knows.
///
/// @param breaker     whether its sink is called at all
/// @param lastSuccess when its sink last confirmed something; null: never
/// @param lastFailure what went wrong last; null: nothing has
/// @param inFlight    how many requests wait for their answers
/// @param retries     how many events wait for their next attempt
/// @param nextRetry   when the first of those is due; null: none waits
/// @param allowedRate the most requests a minute that the sink allows; null: any, or it was not asked yet
public record DeliveryStatus(
        Breaker breaker,
        @Nullable Instant lastSuccess,
        @Nullable Failure lastFailure,
        int inFlight,
        int retries,
        @Nullable Instant nextRetry,
        @Nullable Integer allowedRate) {
    /// Of a subscription of which nothing was delivered yet.
    public static final DeliveryStatus IDLE = new DeliveryStatus(Breaker.CLOSED, null, null, 0, 0, null, null);

    /// The circuit breaker before a sink.
    public enum Breaker {
        /// It is called.
        CLOSED,
        /// It has failed too often, and is left alone.
        OPEN,
        /// One request finds out whether it is well again.
        HALF_OPEN
    }

    /// @param status what the sink answered; null where there was no answer
    /// @param reason what went wrong, in a sentence
    public record Failure(Instant at, @Nullable Integer status, String reason) {}
}
