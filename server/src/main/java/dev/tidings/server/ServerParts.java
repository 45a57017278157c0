package dev.tidings.server;

import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.broker.publishing.Publishing;
import dev.tidings.server.auth.Authenticator;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What the server stands on.
///
/// @param catalogStore what administrators change the catalog in
/// @param deadEvents   what administrators do with dead events
/// @param random for the names of instances and correlation ids: not to be guessed
public record ServerParts(
        Publishing publishing,
        Instances instances,
        Catalogs catalogs,
        CatalogStore catalogStore,
        DeadEvents deadEvents,
        Authenticator authenticator,
        InstantSource clock,
        RandomGenerator random) {}
