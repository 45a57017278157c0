package dev.tidings.broker;

import dev.tidings.broker.loop.Loops;
import dev.tidings.broker.payloads.PayloadClaims;
import dev.tidings.broker.publishing.PublishObserver;
import dev.tidings.broker.subscriptions.Outbound;
import dev.tidings.engine.Engine;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// What a broker stands on.
///
/// @param loops    own the groups
/// @param readers  own those who read streams: not the loops of groups, which would wait for them
/// @param worker   does what takes its time: reads catalogs, validates much data; never an event loop
/// @param nanos    a clock that only goes forward, for rates
/// @param random   names instances: not to be guessed
/// @param observer told what publishing does
/// @param outbound what calling sinks needs
/// @param payloads those that events refer to; the engine keeps them ([dev.tidings.broker.payloads.Payloads#engine])
public record BrokerParts(
        Engine engine,
        Loops loops,
        Loops readers,
        Executor worker,
        InstantSource clock,
        LongSupplier nanos,
        SecureRandom random,
        PublishObserver observer,
        Outbound outbound,
        PayloadClaims payloads) {}
