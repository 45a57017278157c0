package dev.tidings.engine.segmented.format;

import dev.tidings.engine.Cursor;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.StreamName;

/// Takes items as they are read, in order.
public interface ItemSink {
    void stream(int number, StreamName name);

    void type(int stream, int number, EventType type);

    void entry(byte[] array, int at);

    void cursor(int stream, GroupName group, Cursor cursor);

    /// The group has no cursors any more.
    void forget(GroupName group);

    void put(String table, String key, Bytes value);

    void remove(String table, String key);

    void first(int stream, long first);

    /// An item that only snapshots have; `body` stands behind its kind.
    void other(int kind, Reader body);
}
