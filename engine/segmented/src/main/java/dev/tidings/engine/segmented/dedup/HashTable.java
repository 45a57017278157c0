package dev.tidings.engine.segmented.dedup;

import java.util.Arrays;

/// From a 64-bit hash to a location and a time, in open addressing. Split into shards that grow one at a time, so
/// that no growth takes long. A hash put twice has the newer location.
final class HashTable {
    static final long NONE = -1;
    static final int SHARD_BITS = 8;

    private final Shard[] shards = new Shard[1 << SHARD_BITS];

    /// @param expected how many hashes it will have, as far as is known
    HashTable(long expected) {
        Arrays.setAll(shards, _ -> new Shard());
        long each = 2 * (expected >>> SHARD_BITS);
        if (each > Shard.SMALLEST) {
            int length = Integer.highestOneBit((int) Math.min(each, 1 << 28));
            for (Shard shard : shards) {
                shard.grow(length);
            }
        }
    }

    /// The location, or [#NONE].
    long location(long hash) {
        return shard(hash).location(hash);
    }

    /// The time that belongs to the location, where there is one.
    int time(long hash) {
        return shard(hash).time(hash);
    }

    /// Returns whether the hash is new.
    boolean put(long hash, long location, int time) {
        return shard(hash).put(hash, location, time);
    }

    /// In which part of the table a hash is.
    static int shardOf(long hash) {
        return (int) (hash >>> Long.SIZE - SHARD_BITS);
    }

    private Shard shard(long hash) {
        return shards[shardOf(hash)];
    }

    /// Pairs of hash and location + 1 (0: free), with the times beside them.
    private static final class Shard {
        private static final int SMALLEST = 16;

        private long[] slots = {};
        private int[] times = {};
        private int size;

        long location(long hash) {
            return slots.length == 0 ? NONE : slots[2 * slotOf(hash) + 1] - 1;
        }

        int time(long hash) {
            return times[slotOf(hash)];
        }

        boolean put(long hash, long location, int time) {
            if (size * 3L >= times.length * 2L) {
                grow(Math.max(SMALLEST, times.length * 2));
            }
            int slot = slotOf(hash);
            boolean fresh = slots[2 * slot + 1] == 0;
            slots[2 * slot] = hash;
            slots[2 * slot + 1] = location + 1;
            times[slot] = time;
            size += fresh ? 1 : 0;
            return fresh;
        }

        void grow(int length) {
            long[] oldSlots = slots;
            int[] oldTimes = times;
            slots = new long[2 * length];
            times = new int[length];
            for (int i = 0; i < oldTimes.length; i++) {
                if (oldSlots[2 * i + 1] != 0) {
                    int slot = slotOf(oldSlots[2 * i]);
                    slots[2 * slot] = oldSlots[2 * i];
                    slots[2 * slot + 1] = oldSlots[2 * i + 1];
                    times[slot] = oldTimes[i];
                }
            }
        }

        /// Where the hash is, or the free slot where it would go.
        private int slotOf(long hash) {
            int mask = times.length - 1;
            int slot = (int) hash & mask;
            while (slots[2 * slot + 1] != 0 && slots[2 * slot] != hash) {
                slot = slot + 1 & mask;
            }
            return slot;
        }
    }
}
