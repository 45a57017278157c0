package dev.tidings.engine.segmented.format;

import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;

/// A stored event, the same bytes in the ring, in memory, in a snapshot and in a segment's block:
///
/// ```
///  0 int  length of all of it        32 int  type number        40 long remembered for, ms
///  4 int  stream number, not below 0 36 int  flags (1: timed)   48 int  length of the JSON
///  8 long position                                              52 int  length of the source
/// 16 long accepted, ms since 1970    56 the JSON, the source, the id
/// 24 long key hash
/// ```
///
/// A [StoredEvent] made from it keeps a slice of the array, with the header right before it: [#startOf].
public final class EntryFormat {
    public static final int HEADER = 56;

    private static final int STREAM = 4;
    private static final int POSITION = 8;
    private static final int ACCEPTED = 16;
    private static final int KEY = 24;
    private static final int TYPE = 32;
    private static final int FLAGS = 36;
    private static final int REMEMBER = 40;
    private static final int JSON_LENGTH = 48;
    private static final int SOURCE_LENGTH = 52;
    private static final int TIMED = 1;

    private EntryFormat() {}

    /// Where an entry goes.
    public record Place(int stream, int type, long position, long accepted) {}

    /// Returns where in the writer's array it begins.
    public static int write(Writer out, Draft draft, Place place) {
        int length = draft.encodedLength();
        int at = out.skip(length);
        byte[] array = out.array();
        int json = draft.json().length();
        Packed.putInt(array, at, length);
        Packed.putInt(array, at + STREAM, place.stream);
        Packed.putLong(array, at + POSITION, place.position);
        Packed.putLong(array, at + ACCEPTED, place.accepted);
        Packed.putLong(array, at + KEY, draft.keyHash());
        Packed.putInt(array, at + TYPE, place.type);
        Packed.putInt(array, at + FLAGS, draft.timed() ? TIMED : 0);
        Packed.putLong(array, at + REMEMBER, draft.remember());
        Packed.putInt(array, at + JSON_LENGTH, json);
        Packed.putInt(array, at + SOURCE_LENGTH, draft.source().length);
        draft.json().copyTo(array, at + HEADER);
        int source = at + HEADER + json;
        System.arraycopy(draft.source(), 0, array, source, draft.source().length);
        System.arraycopy(draft.id(), 0, array, source + draft.source().length, draft.id().length);
        return at;
    }

    public static StoredEvent read(byte[] array, int at, EventType type) {
        return new StoredEvent(
                position(array, at),
                accepted(array, at),
                type,
                Packed.longAt(array, at + KEY),
                (Packed.intAt(array, at + FLAGS) & TIMED) != 0,
                new Bytes(array, at + HEADER, jsonLength(array, at)));
    }

    /// Where the encoded entry of an event that this engine made begins, in the array of its JSON.
    public static int startOf(StoredEvent event) {
        return event.json().offset() - HEADER;
    }

    /// Whether an entry begins here that ends before `end`, and whose parts lie inside it.
    public static boolean holds(byte[] array, int at, int end) {
        if (end - at < HEADER || length(array, at) < HEADER || length(array, at) > end - at) {
            return false;
        }
        int texts = length(array, at) - HEADER;
        int json = jsonLength(array, at);
        int source = Packed.intAt(array, at + SOURCE_LENGTH);
        return json >= 0 && json <= texts && source >= 0 && source <= texts - json;
    }

    public static int length(byte[] array, int at) {
        return Packed.intAt(array, at);
    }

    public static int endOf(byte[] array, int at) {
        return at + Packed.intAt(array, at);
    }

    public static int stream(byte[] array, int at) {
        return Packed.intAt(array, at + STREAM);
    }

    public static long position(byte[] array, int at) {
        return Packed.longAt(array, at + POSITION);
    }

    public static long accepted(byte[] array, int at) {
        return Packed.longAt(array, at + ACCEPTED);
    }

    public static int type(byte[] array, int at) {
        return Packed.intAt(array, at + TYPE);
    }

    public static long remember(byte[] array, int at) {
        return Packed.longAt(array, at + REMEMBER);
    }

    public static int jsonLength(byte[] array, int at) {
        return Packed.intAt(array, at + JSON_LENGTH);
    }

    static int sourceAt(byte[] array, int at) {
        return at + HEADER + jsonLength(array, at);
    }

    static int idAt(byte[] array, int at) {
        return sourceAt(array, at) + Packed.intAt(array, at + SOURCE_LENGTH);
    }
}
