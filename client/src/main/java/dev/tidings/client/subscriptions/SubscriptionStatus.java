package dev.tidings.client.subscriptions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a subscription is doing.
///
/// @param state       see [Subscription#state]
/// @param reason      why it is not active; null: it is, or nobody said
/// @param granted     the types that it gets now
/// @param backlog     how many events are not confirmed
/// @param oldest      for how long the oldest of them has waited
/// @param inFlight    how many requests are under way
/// @param retries     how many events wait for their next try
/// @param breaker     `closed`: requests are made; `open`: the sink is left alone; `half-open`: one finds out
/// @param nextRetry   when the next try is due; null: none waits
/// @param allowedRate how many requests a minute the sink allows; null: it has not said, or does not care
/// @param lastSuccess when a request was last confirmed; null: none since the broker was started
/// @param lastFailure null: none since the broker was started
public record SubscriptionStatus(
        String state,
        @Nullable String reason,
        List<String> granted,
        long backlog,
        Duration oldest,
        int inFlight,
        int retries,
        String breaker,
        @Nullable Instant nextRetry,
        @Nullable Integer allowedRate,
        @Nullable Instant lastSuccess,
        @Nullable Failure lastFailure) {
    /// Keeps what it is given.
    public SubscriptionStatus {
        granted = List.copyOf(granted);
    }

    /// A request that was not confirmed.
    ///
    /// @param status of HTTP; null: no answer came
    public record Failure(Instant at, @Nullable Integer status, String reason) {}
}
