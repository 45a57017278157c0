package dev.tidings.engine.segmented.reading;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The runs that several readers want, for those who read them next: many readers of one backlog read it from disk
/// twice, as long as they are not far apart. What only one has read is not kept: a lone reader would fill the heap with
/// arrays that outlive collections, for nothing. Bounded by bytes; what was used least recently goes first. May be used
/// by any thread.
public final class SharedRuns implements RunSource {
    private final RunSource source;
    private final long limit;
    /// The latest runs; without bytes those that were read once. Each counts with its length, so that both are
    /// remembered over the same stretch of a backlog.
    private final Map<Key, byte @Nullable []> runs = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /// @param limit so many bytes
    public SharedRuns(RunSource source, long limit) {
        this.source = source;
        this.limit = limit;
    }

    /// While a segment grows its last run does, too: by its length one is told from the other.
    private record Key(String file, long offset, int length) {}

    @Override
    public byte[] read(String file, long offset, int length) throws IOException {
        Key key = new Key(file, offset, length);
        byte @Nullable [] known = find(key);
        if (known != null) {
            return known;
        }
        byte[] run = source.read(file, offset, length);
        note(key, run);
        return run;
    }

    private synchronized byte @Nullable [] find(Key key) {
        return runs.get(key);
    }

    private synchronized void note(Key key, byte[] run) {
        if (runs.containsKey(key)) {
            runs.put(key, run);
            return;
        }
        runs.put(key, null);
        bytes += key.length;
        var eldest = runs.keySet().iterator();
        while (bytes > limit) {
            bytes -= eldest.next().length;
            eldest.remove();
        }
    }
}
