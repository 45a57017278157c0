package dev.tidings.engine.segmented;

import dev.tidings.engine.EngineObserver;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What an engine takes from outside, but for the disk.
///
/// @param seeds   numbers that nobody can guess, for the hashes of source and id
/// @param threads run the engine
public record World(InstantSource clock, EngineObserver observer, LongSupplier seeds, Threads threads) {}
