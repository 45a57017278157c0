package dev.tidings.broker.dispatch;

import org.jspecify.annotations.Nullable;

/// How a group's dispatch is.
///
/// @param waiting      events that were read and wait: for their key, for their process, until they are due, or after
///                     they were taken back
/// @param dying        dead events whose report is not kept yet
/// @param redeliveries how often an event went back to wait because a delivery ended unconfirmed
/// @param blocked      why nothing more is delivered although events are there; null where nothing stands in the way
public record DispatchState(
        int instances,
        int inFlight,
        int waiting,
        int dying,
        long redeliveries,
        @Nullable String blocked) {}
