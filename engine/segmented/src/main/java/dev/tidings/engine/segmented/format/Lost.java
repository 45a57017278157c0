package dev.tidings.engine.segmented.format;

import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import java.nio.charset.StandardCharsets;

/// What stands at the position of an event that a salvage could not save, so that all other events keep theirs: what
/// groups have confirmed is kept by position. Readers step over it.
public final class Lost {
    public static final EventType TYPE = new EventType("tidings.lost");
    private static final Bytes JSON =
            Bytes.utf8("{\"specversion\":\"1.0\",\"id\":\"lost\",\"source\":\"tidings\",\"type\":\"tidings.lost\"}");
    private static final byte[] SOURCE = "tidings".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ID = "lost".getBytes(StandardCharsets.UTF_8);

    private Lost() {}

    /// An entry for the position of a lost event.
    ///
    /// @param place its type is the number that the stream has for [#TYPE]
    public static StoredEvent at(EntryFormat.Place place) {
        Writer out = new Writer(EntryFormat.HEADER + JSON.length() + SOURCE.length + ID.length);
        Draft draft = new Draft(TYPE.stream(), TYPE, 0, false, JSON, SOURCE, ID, 0, 0);
        int at = EntryFormat.write(out, draft, place);
        return EntryFormat.read(out.array(), at, TYPE);
    }
}
