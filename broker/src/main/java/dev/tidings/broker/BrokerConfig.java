package dev.tidings.broker;

import dev.tidings.broker.catalog.CatalogConfig;
import dev.tidings.broker.consuming.ConsumingConfig;
import dev.tidings.broker.dead.DeadConfig;
import dev.tidings.broker.publishing.PublishConfig;
import dev.tidings.broker.quotas.QuotaConfig;
import dev.tidings.broker.schemas.Schemas;
import dev.tidings.broker.streams.StreamsConfig;
import dev.tidings.broker.subscriptions.SubscriptionConfig;

/// How the broker decides, room by room.
///
/// @param catalog    how the catalog is kept
/// @param publishing how events are taken in
/// @param consuming  what bounds consuming
/// @param quotas     what a client may use for which the catalog says nothing
/// @param schemas    how much judging one event may cost
/// @param dead       how much one request about dead events may do
/// @param streams    what bounds reading of streams
/// @param subscriptions what subscriptions may be like
public record BrokerConfig(
        CatalogConfig catalog,
        PublishConfig publishing,
        ConsumingConfig consuming,
        QuotaConfig quotas,
        Schemas.Limits schemas,
        DeadConfig dead,
        StreamsConfig streams,
        SubscriptionConfig subscriptions) {
    public static final BrokerConfig DEFAULT = new BrokerConfig(
            CatalogConfig.DEFAULT,
            PublishConfig.DEFAULT,
            ConsumingConfig.DEFAULT,
            QuotaConfig.DEFAULT,
            Schemas.Limits.DEFAULT,
            DeadConfig.DEFAULT,
            StreamsConfig.DEFAULT,
            SubscriptionConfig.DEFAULT);

    /// The same, with other people let in.
    public BrokerConfig withAccess(CatalogConfig.Access access) {
        return new BrokerConfig(
                catalog.withAccess(access), publishing, consuming, quotas, schemas, dead, streams, subscriptions);
    }
}
