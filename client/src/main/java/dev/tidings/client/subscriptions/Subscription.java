package dev.tidings.client.subscriptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A subscription, as it was when it was read.
///
/// @param version       goes up with each change
/// @param state         `active`, `paused`, `suspended` (nothing it is about is granted) or `ended` (the sink
///                      answered 410)
/// @param reason        why it is not active; null: it is, or nobody said
/// @param wanted        what it was asked to be, without its secrets
/// @param signingSecret what its requests are signed with; null where it was not made just now: it is told once
public record Subscription(
        String id,
        long version,
        String state,
        @Nullable String reason,
        Subscribing wanted,
        Instant created,
        Instant changed,
        @Nullable String signingSecret) {
    /// Without the secret.
    @Override
    public String toString() {
        return "Subscription[" + id + ", version " + version + ", " + state + ", " + wanted + "]";
    }
}
