package dev.tidings.broker.subscriptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What requests to a sink are signed with.
///
/// @param secret in the form of Standard Webhooks: `whsec_` and base64
/// @param until  when it is no longer signed with, since a newer one has taken its place; null: it is the newest
public record SigningSecret(
        Secret secret, Instant created, @Nullable Instant until) {
    public boolean inForce(Instant now) {
        return until == null || now.isBefore(until);
    }
}
