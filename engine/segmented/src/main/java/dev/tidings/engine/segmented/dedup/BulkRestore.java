package dev.tidings.engine.segmented.dedup;

import java.util.Arrays;

/// Puts many sightings into a generation. A table of millions of hashes does not fit into the processor's caches,
/// and filling it at random waits for memory at each step; so a million at a time are sorted by the part of the
/// table that they belong to, those of one part staying in their order.
final class BulkRestore {
    private static final int BATCH = 1 << 20;
    private static final int PARTS = 1 << HashTable.SHARD_BITS;

    private final Generation generation;
    private final long[] came;
    private final long[] sorted;
    private final int[] counts = new int[PARTS + 1];
    private int used;

    /// @param expected how many there will be, as far as is known
    BulkRestore(Generation generation, long expected) {
        this.generation = generation;
        int batch = (int) Math.min(BATCH, Math.max(1, expected));
        this.came = new long[batch * Generation.FIELDS];
        this.sorted = new long[came.length];
    }

    void add(long hash, long location, long accepted) {
        if (used == came.length) {
            end();
        }
        came[used++] = hash;
        came[used++] = location;
        came[used++] = accepted;
        counts[HashTable.shardOf(hash) + 1]++;
    }

    /// Puts what is not in the generation yet.
    void end() {
        for (int part = 1; part <= PARTS; part++) {
            counts[part] += counts[part - 1];
        }
        for (int i = 0; i < used; i += Generation.FIELDS) {
            int to = Generation.FIELDS * counts[HashTable.shardOf(came[i])]++;
            sorted[to] = came[i];
            sorted[to + 1] = came[i + 1];
            sorted[to + 2] = came[i + 2];
        }
        for (int i = 0; i < used; i += Generation.FIELDS) {
            generation.restore(sorted[i], sorted[i + 1], sorted[i + 2]);
        }
        Arrays.fill(counts, 0);
        used = 0;
    }
}
