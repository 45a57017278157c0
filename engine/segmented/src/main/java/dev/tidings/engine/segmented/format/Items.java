package dev.tidings.engine.segmented.format;

import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Cursor;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;

/// Writes the items that records of the ring and snapshots consist of. An item is an entry ([EntryFormat]) or
/// `int length, int kind (below 0), …`.
public final class Items {
    static final int STREAM = -1;
    static final int TYPE = -2;
    static final int CURSOR = -3;
    static final int PUT = -4;
    static final int REMOVE = -5;
    static final int FIRST = -6;
    static final int FORGET = -7;

    private Items() {}

    public static void stream(Writer out, int number, StreamName name) {
        int start = begin(out, STREAM);
        out.putInt(number);
        out.putText(name.value());
        end(out, start);
    }

    public static void type(Writer out, int stream, int number, EventType type) {
        int start = begin(out, TYPE);
        out.putInt(stream);
        out.putInt(number);
        out.putText(type.value());
        end(out, start);
    }

    public static void cursor(Writer out, int stream, GroupName group, Cursor cursor) {
        int start = begin(out, CURSOR);
        out.putInt(stream);
        out.putText(group.client().value());
        out.putText(group.name());
        CursorFormat.write(out, cursor);
        end(out, start);
    }

    /// The group has no cursors any more.
    public static void forget(Writer out, GroupName group) {
        int start = begin(out, FORGET);
        out.putText(group.client().value());
        out.putText(group.name());
        end(out, start);
    }

    public static void state(Writer out, StateChange change) {
        int start = begin(out, change instanceof StateChange.Put ? PUT : REMOVE);
        out.putText(change.table());
        out.putText(change.key());
        if (change instanceof StateChange.Put put) {
            out.putBytes(put.value());
        }
        end(out, start);
    }

    /// What a stream holds begins at `first` from now on.
    public static void first(Writer out, int stream, long first) {
        int start = begin(out, FIRST);
        out.putInt(stream);
        out.putLong(first);
        end(out, start);
    }

    /// Begins an item; [#end] ends it.
    public static int begin(Writer out, int kind) {
        int start = out.skip(Integer.BYTES);
        out.putInt(kind);
        return start;
    }

    public static void end(Writer out, int start) {
        Packed.putInt(out.array(), start, out.position() - start);
    }
}
