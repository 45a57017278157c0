package dev.tidings.broker.subscriptions;

/// What calling others out of the broker needs.
///
/// @param seal  keeps the secrets of sinks
/// @param guard knows which sinks are called
public record Outbound(Seal seal, SinkGuard guard) {}
