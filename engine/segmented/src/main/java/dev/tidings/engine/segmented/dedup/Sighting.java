package dev.tidings.engine.segmented.dedup;

/// That an event was stored.
///
/// @param hash     the seeded hash of its source and id
/// @param location its stream and position, see [Seen#location]
/// @param accepted when, in milliseconds
public record Sighting(long hash, long location, long accepted) {}
