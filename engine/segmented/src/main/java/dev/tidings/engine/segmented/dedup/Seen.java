package dev.tidings.engine.segmented.dedup;

import dev.tidings.engine.segmented.format.Reader;
import dev.tidings.engine.segmented.format.Writer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where and when events with a hash of source and id were stored. Bounded: beyond the limit the oldest are
/// forgotten early. A generation is dropped whole once the last of its events need not be remembered any more.
public final class Seen {
    private static final Logger LOG = LoggerFactory.getLogger(Seen.class);
    private static final int PARTS = 4;
    private static final int POSITION_BITS = 40;

    private final long limit;
    private final DedupFiles files;
    private final Deque<Generation> generations = new ArrayDeque<>();
    private int nextNumber;
    private long total;

    public Seen(long limit, DedupFiles files) {
        this.limit = limit;
        this.files = files;
    }

    /// One that looks whether what was saved is whole, and remembers nothing of it.
    public static Seen forgetful(DedupFiles files) {
        return new Seen(0, files);
    }

    public static long location(int stream, long position) {
        return (long) stream << POSITION_BITS | position;
    }

    public static int stream(long location) {
        return (int) (location >>> POSITION_BITS);
    }

    public static long position(long location) {
        return location & (1L << POSITION_BITS) - 1;
    }

    /// Judges a sighting.
    @FunctionalInterface
    public interface Test {
        boolean test(long location, long accepted);
    }

    /// Whether a sighting of the hash passes the test; the newest are tried first.
    public synchronized boolean any(long hash, Test test) {
        for (var newest = generations.descendingIterator(); newest.hasNext(); ) {
            Generation generation = newest.next();
            long location = generation.location(hash);
            if (location != HashTable.NONE && test.test(location, generation.accepted(hash))) {
                return true;
            }
        }
        return false;
    }

    /// @param window for how many milliseconds it is remembered
    public synchronized void put(Sighting sighting, long window) {
        if (limit == 0) {
            return;
        }
        Generation newest = generations.peekLast();
        if (newest == null || isFull(newest, sighting.accepted(), window)) {
            dropExpired(sighting.accepted());
            newest = new Generation(nextNumber++, sighting.accepted());
            generations.add(newest);
        }
        long before = newest.count();
        newest.put(sighting, window);
        total += newest.count() - before;
    }

    /// All that were put are durable: from now on they may be saved.
    public synchronized void durable() {
        generations.forEach(Generation::durable);
    }

    private boolean isFull(Generation newest, long accepted, long window) {
        long stretch = Math.min(Integer.MAX_VALUE, Math.max(newest.longest(), window) / PARTS);
        return newest.count() >= limit / PARTS || accepted - newest.started > stretch;
    }

    private void dropExpired(long now) {
        while (total > limit - limit / PARTS) {
            LOG.warn("more than {} events to remember: the oldest {} are forgotten early", limit, dropOldest());
        }
        while (!generations.isEmpty() && generations.element().expires() <= now) {
            dropOldest();
        }
    }

    private long dropOldest() {
        Generation oldest = generations.remove();
        total -= oldest.count();
        return oldest.count();
    }

    /// A generation as a snapshot knows it.
    public record Saved(int number, long started, long longest, long expires, long fileLength) {
        public void write(Writer out) {
            out.putInt(number);
            out.putLong(started);
            out.putLong(longest);
            out.putLong(expires);
            out.putLong(fileLength);
        }

        public static Saved read(Reader in) {
            return new Saved(in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }

        /// About how many sightings its file has.
        long sightings() {
            return fileLength / ((long) Generation.FIELDS * Long.BYTES);
        }

        public String fileName() {
            return Integer.toString(number);
        }
    }

    /// Saves what came since the last time; returns all generations, which are then whole on disk. One thread at
    /// a time.
    public List<Saved> save() throws IOException {
        List<Generation> all;
        synchronized (this) {
            all = new ArrayList<>(generations);
        }
        List<Saved> saved = new ArrayList<>();
        for (Generation generation : all) {
            saved.add(save(generation));
        }
        files.syncNames();
        return saved;
    }

    private Saved save(Generation generation) throws IOException {
        long[] fresh;
        synchronized (this) {
            fresh = generation.fresh();
        }
        long length = files.append(generation.path(), generation.fileLength(), fresh);
        synchronized (this) {
            generation.saved(fresh.length, length);
            return generation.saved();
        }
    }

    /// All generations, as far as they are on disk.
    public synchronized List<Saved> saved() {
        return generations.stream().map(Generation::saved).toList();
    }

    /// Takes up a generation that [#save] saved.
    public synchronized void restore(Saved saved) throws IOException {
        files.require(Generation.path(saved.number()), saved.fileLength());
        if (limit == 0) {
            files.load(DedupFiles.DIRECTORY + "/" + saved.fileName(), saved.fileLength(), (_, _, _) -> {});
            return;
        }
        Generation generation = Generation.of(saved);
        BulkRestore bulk = new BulkRestore(generation, saved.sightings());
        files.load(generation.path(), generation.fileLength(), bulk::add);
        bulk.end();
        generations.add(generation);
        nextNumber = Math.max(nextNumber, generation.number + 1);
        total += generation.count();
    }
}
