package dev.tidings.engine.segmented.dedup;

import java.util.Arrays;

/// What was stored in one stretch of time. Kept in a file that grows at checkpoints; what is not in there yet is
/// fresh, and goes there only once its event is durable.
final class Generation {
    static final int FIELDS = 3;

    final int number;
    final long started;
    private final HashTable table;
    private long[] fresh = new long[FIELDS * 16];
    private int freshUsed;
    private int freshDurable;
    private long longest;
    private long expires;
    private long count;
    private long fileLength;

    Generation(int number, long started) {
        this(number, started, 0);
    }

    private Generation(int number, long started, long expected) {
        this.number = number;
        this.started = started;
        this.table = new HashTable(expected);
    }

    static Generation of(Seen.Saved saved) {
        Generation generation = new Generation(saved.number(), saved.started(), saved.sightings());
        generation.longest = saved.longest();
        generation.expires = saved.expires();
        generation.fileLength = saved.fileLength();
        return generation;
    }

    Seen.Saved saved() {
        return new Seen.Saved(number, started, longest, expires, fileLength);
    }

    String path() {
        return path(number);
    }

    static String path(int number) {
        return DedupFiles.DIRECTORY + "/" + number;
    }

    long count() {
        return count;
    }

    long longest() {
        return longest;
    }

    long expires() {
        return expires;
    }

    long location(long hash) {
        return table.location(hash);
    }

    long accepted(long hash) {
        return started + table.time(hash);
    }

    void put(Sighting sighting, long window) {
        restore(sighting.hash(), sighting.location(), sighting.accepted());
        longest = Math.max(longest, window);
        expires = Math.max(expires, sighting.accepted() + window);
        if (freshUsed == fresh.length) {
            fresh = Arrays.copyOf(fresh, freshUsed * 2);
        }
        fresh[freshUsed++] = sighting.hash();
        fresh[freshUsed++] = sighting.location();
        fresh[freshUsed++] = sighting.accepted();
    }

    void restore(long hash, long location, long accepted) {
        int time = Math.clamp(accepted - started, 0, Integer.MAX_VALUE);
        count += table.put(hash, location, time) ? 1 : 0;
    }

    void durable() {
        freshDurable = freshUsed;
    }

    /// Hash, location and time of acceptance of each, as far as durable.
    long[] fresh() {
        return Arrays.copyOf(fresh, freshDurable);
    }

    /// The first `length` of [#fresh] are in the file now, which is that long.
    void saved(int length, long newFileLength) {
        fresh = Arrays.copyOfRange(fresh, length, Math.max(length + FIELDS * 16, freshUsed));
        freshUsed -= length;
        freshDurable -= length;
        fileLength = newFileLength;
    }

    long fileLength() {
        return fileLength;
    }
}
