package dev.tidings.broker.subscriptions;

import java.util.concurrent.CompletionStage;

/// Tells how deliveries go. May be called by any thread.
@FunctionalInterface
public interface DeliveryWatch {
    CompletionStage<DeliveryStatus> of(Subscription subscription);
}
