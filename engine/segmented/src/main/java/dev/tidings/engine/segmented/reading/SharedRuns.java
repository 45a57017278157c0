package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.segmented.segments.OpenFiles;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The runs that were read last, for those who read them next: many readers of one backlog read it from disk once, as
/// long as they are not far apart. Bounded by bytes; the one that was used least recently goes first. May be used by
/// any thread.
public final class SharedRuns implements RunSource {
    private final OpenFiles files;
    private final long limit;
    private final Map<Key, byte[]> runs = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// @param limit so many bytes
    public SharedRuns(OpenFiles files, long limit) {
        this.files = files;
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
        byte[] run = files.read(file, offset, length);
        keep(key, run);
        return run;
    }

    private synchronized byte @Nullable [] find(Key key) {
        return runs.get(key);
    }

    private synchronized void keep(Key key, byte[] run) {
        if (runs.putIfAbsent(key, run) == null) {
            bytes += run.length;
        }
        var eldest = runs.values().iterator();
        while (bytes > limit) {
            bytes -= eldest.next().length;
            eldest.remove();
        }
    }
}
