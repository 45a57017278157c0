package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.Batch;
import dev.tidings.engine.segmented.format.Draft;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import org.jspecify.annotations.Nullable;

/// An entry on its way in, with what its caller's thread could find out already.
///
/// @param stream null where the stream does not exist yet
/// @param type   the type's number, -1 where it has none yet
record Arrival(Draft draft, @Nullable StreamLog stream, int type) {
    private static final int SLACK = 64;
    private static final int NEW_STREAM = 900;
    private static final int NEW_TYPE = 400;

    static Arrival of(Batch.Entry entry, Streams streams, long seed) {
        StreamLog stream = streams.find(entry.stream());
        int type = stream == null ? -1 : stream.typeNumber(entry.event().type());
        return new Arrival(Draft.of(entry, seed), stream, type);
    }

    /// What it takes of a record, at most.
    int encodedBytes() {
        return draft.encodedLength() + SLACK + (stream == null ? NEW_STREAM : 0) + (type < 0 ? NEW_TYPE : 0);
    }
}
