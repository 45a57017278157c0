package dev.tidings.broker;

import dev.tidings.broker.catalog.CatalogRetention;
import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.consuming.Consuming;
import dev.tidings.broker.consuming.ConsumingConfig;
import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.broker.groups.GroupRegistry;
import dev.tidings.broker.groups.QueueProgress;
import dev.tidings.broker.publishing.PublishParts;
import dev.tidings.broker.publishing.Publisher;
import dev.tidings.broker.quotas.PublishQuotas;
import dev.tidings.broker.schemas.SchemaLending;
import dev.tidings.broker.schemas.Schemas;
import dev.tidings.broker.streams.StreamReading;
import dev.tidings.broker.subscriptions.SubscriptionStore;

/// The rooms of the broker over one engine. Whoever opens it closes engine, loops and worker, in their own time.
///
/// @param catalogs   what exists
/// @param publishing takes events in
/// @param consuming  hands events out
/// @param dead       what an administrator can do with dead events
/// @param streams    lets streams be read from anywhere
/// @param subscriptions what clients want to be called back with
public record Broker(
        CatalogStore catalogs,
        Publisher publishing,
        Consuming consuming,
        DeadEvents dead,
        StreamReading streams,
        SubscriptionStore subscriptions) {

    public static Broker open(BrokerParts parts, BrokerConfig config) {
        SchemaLending schemas = new SchemaLending(new Schemas(config.schemas()));
        CatalogStore catalogs = new CatalogStore(parts.engine(), config.catalog(), schemas, parts.worker());
        ConsumingConfig ages = config.consuming();
        new CatalogRetention(
                        parts.engine().log(),
                        ages.testAge(),
                        ages.deadAge(),
                        new QueueProgress(parts.engine(), catalogs))
                .follow(catalogs);
        Publisher publisher = new Publisher(
                parts.engine().log(),
                catalogs,
                new PublishQuotas(config.quotas(), parts.nanos()),
                new PublishParts(config.publishing(), schemas, parts.worker(), parts.observer(), parts.payloads()));
        Consuming consuming = new Consuming(new Consuming.Needs(
                parts.engine(),
                catalogs,
                parts.loops(),
                config.consuming(),
                parts.clock(),
                parts.nanos(),
                parts.random(),
                parts.worker()));
        DeadEvents dead = new DeadEvents(
                new DeadEvents.Parts(
                        parts.engine(),
                        catalogs,
                        consuming,
                        new GroupRegistry(parts.engine().states()),
                        publisher),
                config.dead());
        StreamReading streams = new StreamReading(new StreamReading.Needs(
                parts.engine().log(), catalogs, parts.readers(), config.streams(), parts.nanos(), parts.worker()));
        SubscriptionStore subscriptions = new SubscriptionStore(
                new SubscriptionStore.Parts(
                        parts.engine(),
                        consuming.groups(),
                        catalogs,
                        parts.outbound(),
                        parts.clock(),
                        parts.random(),
                        parts.worker()),
                config.subscriptions());
        return new Broker(catalogs, publisher, consuming, dead, streams, subscriptions);
    }
}
