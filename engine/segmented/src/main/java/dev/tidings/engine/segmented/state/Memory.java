package dev.tidings.engine.segmented.state;

import dev.tidings.engine.segmented.dedup.Seen;

/// All that the engine knows in memory. Changed by the committer only (and by recovery before it).
public record Memory(Streams streams, Cursors cursors, Tables tables, TailMemory tails, Seen seen) {}
