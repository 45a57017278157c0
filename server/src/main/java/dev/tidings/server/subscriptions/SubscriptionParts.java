package dev.tidings.server.subscriptions;

import dev.tidings.broker.consuming.GroupKeeping;
import dev.tidings.broker.subscriptions.DeliveryWatch;
import dev.tidings.broker.subscriptions.SubscriptionStore;

/// What the routes of subscriptions speak to.
public record SubscriptionParts(SubscriptionStore store, GroupKeeping groups, DeliveryWatch deliveries) {}
