package dev.tidings.broker.subscriptions;

import dev.tidings.model.Refusal;
import org.jspecify.annotations.Nullable;

/// What came of a change of a subscription.
public sealed interface SubscriptionOutcome {
    /// It is durable and in effect. Of one that was deleted, the last there was.
    ///
    /// @param signing the new signing secret, which is told this once; null: there is no new one
    record Done(Subscription subscription, @Nullable Secret signing) implements SubscriptionOutcome {}

    record Refused(Refusal refusal) implements SubscriptionOutcome {}
}
