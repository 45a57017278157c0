package dev.tidings.engine.segmented.state;

import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.StateTables;
import dev.tidings.model.Bytes;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The durable rows of all tables.
public final class Tables implements StateTables {
    private final Map<String, ConcurrentSkipListMap<String, Bytes>> tables = new ConcurrentHashMap<>();

    @Override
    public Optional<Bytes> get(String table, String key) {
        SortedMap<String, Bytes> rows = tables.get(table);
        return rows == null ? Optional.empty() : Optional.ofNullable(rows.get(key));
    }

    @Override
    public SortedMap<String, Bytes> rows(String table) {
        SortedMap<String, Bytes> rows = tables.get(table);
        return rows == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    public void put(String table, String key, Bytes value) {
        tables.computeIfAbsent(table, _ -> new ConcurrentSkipListMap<>()).put(key, value);
    }

    public void remove(String table, String key) {
        ConcurrentSkipListMap<String, Bytes> rows = tables.get(table);
        if (rows != null) {
            rows.remove(key);
        }
    }

    public void apply(StateChange change) {
        switch (change) {
            case StateChange.Put(String table, String key, Bytes value) -> put(table, key, value);
            case StateChange.Remove(String table, String key) -> remove(table, key);
        }
    }

    public void visit(Visitor visitor) throws IOException {
        for (var table : tables.entrySet()) {
            for (var row : table.getValue().entrySet()) {
                visitor.visit(new StateChange.Put(table.getKey(), row.getKey(), row.getValue()));
            }
        }
    }

    /// Sees each row.
    @FunctionalInterface
    public interface Visitor {
        void visit(StateChange.Put row) throws IOException;
    }
}
