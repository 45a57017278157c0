package dev.tidings.callback.delivery;

import java.time.Duration;

/// How deliverers work where a subscription does not say.
///
/// @param origin       by what name sinks know the sender
/// @param agent        the `User-Agent`
/// @param concurrency  how many requests of one subscription are under way at once
/// @param window       how many events of one subscription are in memory at once
/// @param windowBytes  how many bytes of them at most (the last event may overshoot)
/// @param memory       how many bytes of them all subscriptions together have in memory, in equal shares
/// @param batch        how many events a request holds in batch mode
/// @param batchBytes   how many bytes of them (the last event may overshoot)
/// @param permission   after what time a sink is asked again whether it wants to be called
/// @param longestPause how long a sink may ask to be left alone
public record DeliverySettings(
        String origin,
        String agent,
        int concurrency,
        int window,
        int windowBytes,
        long memory,
        int batch,
        long batchBytes,
        Duration permission,
        Duration longestPause,
        Backoff backoff,
        Breaker.Limits breaker) {}
