package dev.tidings.engine;

import dev.tidings.model.Bytes;
import java.util.Optional;
import java.util.SortedMap;

/// Small tables of the broker's own state (catalog versions, registered groups), changed by [Batch.StateChange]
/// within an append and kept in memory: thousands of rows, not millions.
public interface StateTables {
    Optional<Bytes> get(String table, String key);

    /// A snapshot of a table's durable rows, by key.
    SortedMap<String, Bytes> rows(String table);
}
