package dev.tidings.engine.segmented.state;

import dev.tidings.model.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All streams, by name and by number. Only the committer adds some.
public final class Streams {
    private final Map<StreamName, StreamLog> byName = new ConcurrentHashMap<>();
    private final Map<Integer, StreamLog> byNumber = new ConcurrentHashMap<>();

    public @Nullable StreamLog find(StreamName name) {
        return byName.get(name);
    }

    public @Nullable StreamLog find(int number) {
        return byNumber.get(number);
    }

    public StreamLog get(int number) {
        StreamLog stream = byNumber.get(number);
        if (stream == null) {
            throw new IllegalStateException("no stream has the number " + number);
        }
        return stream;
    }

    /// By number.
    public List<StreamLog> all() {
        int count = byNumber.size();
        List<StreamLog> streams = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            streams.add(get(number));
        }
        return streams;
    }

    /// The number the next new stream gets.
    public int nextNumber() {
        return byNumber.size();
    }

    /// Adds a stream, or finds it where it was added before. Their numbers have no gaps.
    public StreamLog add(int number, StreamName name) {
        if (number < 0 || number > byNumber.size()) {
            throw new IllegalStateException("stream %d comes behind %d others".formatted(number, byNumber.size()));
        }
        StreamLog stream = byName.computeIfAbsent(name, _ -> new StreamLog(number, name));
        StreamLog same = byNumber.computeIfAbsent(number, _ -> stream);
        if (same != stream || stream.number() != number) {
            throw new IllegalStateException("stream %d is %s, not %s".formatted(number, same.name(), name));
        }
        return stream;
    }
}
