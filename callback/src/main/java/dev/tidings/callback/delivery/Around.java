package dev.tidings.callback.delivery;

import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.subscriptions.Subscriptions;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What a deliverer works with.
///
/// @param instances opens instances in the groups of subscriptions
/// @param allotment how much of it may be in memory
/// @param nanos     goes only forward, as fast as the clock
record Around(
        Loop loop,
        Instances instances,
        Subscriptions subscriptions,
        Lines lines,
        DeliverySettings settings,
        Allotment allotment,
        DeliveryObserver observer,
        InstantSource clock,
        LongSupplier nanos,
        RandomGenerator random) {}
