package dev.tidings.broker.subscriptions;

import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.subscriptions.Subscription.Handling;
import dev.tidings.broker.subscriptions.Subscription.Interest;
import org.jspecify.annotations.Nullable;

/// What a client wants a subscription to be.
///
/// @param start  where a new one starts; null: nothing was said
/// @param paused null: nothing was said
record Draft(
        Interest interest,
        Sink sink,
        Handling handling,
        Opening.@Nullable Start start,
        @Nullable Boolean paused) {}
