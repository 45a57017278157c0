package dev.tidings.engine.segmented.format;

import dev.tidings.engine.Batch;
import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.KeyHash;
import dev.tidings.model.StreamName;
import java.nio.charset.StandardCharsets;

/// An entry of a batch, made ready on its caller's thread, so that the committer only has to place and copy it.
///
/// @param remember for how many milliseconds its source and id are remembered; 0: not at all
/// @param identity the seeded hash of its source and id
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Draft(
        StreamName stream,
        EventType type,
        long keyHash,
        boolean timed,
        Bytes json,
        byte[] source,
        byte[] id,
        long remember,
        long identity) {

    public static Draft of(Batch.Entry entry, long seed) {
        Event event = entry.event();
        byte[] source = event.source().getBytes(StandardCharsets.UTF_8);
        byte[] id = event.id().getBytes(StandardCharsets.UTF_8);
        long remember = Math.max(0, entry.deduplication().toMillis());
        return new Draft(
                entry.stream(),
                event.type(),
                KeyHash.of(event.partitionKey()),
                event.time() != null,
                event.json(),
                source,
                id,
                remember,
                remember == 0 ? 0 : Identity.hash(seed, source, id));
    }

    /// How many bytes it is once encoded.
    public int encodedLength() {
        return EntryFormat.HEADER + json.length() + source.length + id.length;
    }
}
