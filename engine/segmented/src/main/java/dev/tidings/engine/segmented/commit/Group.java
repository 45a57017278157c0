package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.segmented.format.Writer;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.TailMemory.Part;
import dev.tidings.engine.segmented.wal.Ring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A group of batches in the making: its record, and what happens once that is durable.
final class Group {
    final long number;
    final long millis;
    final Instant at;
    final Writer record;
    final List<Answer> answers;
    final List<CursorChange> cursors = new ArrayList<>();
    final List<StateChange> states = new ArrayList<>();
    final Map<Integer, Long> firsts = new HashMap<>();
    private final List<StreamLog> touched = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();

    Group(long number, long millis, int requests, int bytes) {
        this.number = number;
        this.millis = millis;
        this.at = Instant.ofEpochMilli(millis);
        this.record = Ring.record(bytes);
        this.answers = new ArrayList<>(requests);
    }

    /// What a batch's caller is to be told.
    record Answer(CompletableFuture<Appended> to, Appended what) {}

    boolean isEmpty() {
        return Ring.isEmpty(record);
    }

    void touch(StreamLog stream) {
        if (stream.touch(number)) {
            touched.add(stream);
            starts.add(stream.tail().next());
        }
    }

    /// What the group brought to each stream.
    List<Part> parts() {
        List<Part> parts = new ArrayList<>(touched.size());
        for (int i = 0; i < touched.size(); i++) {
            StreamLog stream = touched.get(i);
            parts.add(new Part(stream, starts.get(i), stream.tail().next()));
        }
        return parts;
    }
}
