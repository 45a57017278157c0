package dev.tidings.broker.groups;

import dev.tidings.engine.EventLog;
import dev.tidings.engine.Partition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tells whoever reads a partition that it has new events; one for the whole process.
public final class News implements EventLog.AppendListener {
    private final Map<Partition, List<Runnable>> readers = new ConcurrentHashMap<>();

    public void subscribe(Partition partition, Runnable reader) {
        readers.computeIfAbsent(partition, _ -> new CopyOnWriteArrayList<>()).add(reader);
    }

    public void unsubscribe(Partition partition, Runnable reader) {
        readers.computeIfPresent(partition, (_, all) -> {
            all.remove(reader);
            return all.isEmpty() ? null : all;
        });
    }

    @Override
    public void appended(Map<Partition, Long> ends) {
        for (Partition partition : ends.keySet()) {
            List<Runnable> all = readers.get(partition);
            if (all != null) {
                all.forEach(Runnable::run);
            }
        }
    }
}
