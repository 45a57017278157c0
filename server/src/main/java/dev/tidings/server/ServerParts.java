package dev.tidings.server;

import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.broker.publishing.Publishing;
import dev.tidings.broker.streams.StreamReading;
import dev.tidings.server.admin.BackupKeeping;
import dev.tidings.server.auth.Authenticator;
import dev.tidings.server.metrics.Insight;
import dev.tidings.server.subscriptions.SubscriptionParts;
import dev.tidings.server.tls.Tls;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the server stands on.
///
/// @param catalogStore what administrators change the catalog in
/// @param deadEvents   what administrators do with dead events
/// @param streams      lets streams be read from anywhere
/// @param backups      how administrators have the store copied
/// @param subscriptions what clients want to be called back with, and their groups
/// @param payloads     what is too large for events
/// @param tls          null: without TLS
/// @param insight      what it can see of the broker, for its health and its figures
/// @param random for the names of instances and correlation ids: not to be guessed
public record ServerParts(
        Publishing publishing,
        Instances instances,
        Catalogs catalogs,
        CatalogStore catalogStore,
        DeadEvents deadEvents,
        StreamReading streams,
        BackupKeeping backups,
        SubscriptionParts subscriptions,
        Payloads payloads,
        Authenticator authenticator,
        @Nullable Tls tls,
        Insight insight,
        InstantSource clock,
        RandomGenerator random) {}
