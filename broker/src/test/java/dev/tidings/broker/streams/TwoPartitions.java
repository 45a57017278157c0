package dev.tidings.broker.streams;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// A log with two partitions a stream, as engines may have them: each is a stream of its own in the log beneath. Events
/// whose key begins with `b` are in the second.
record TwoPartitions(EventLog log) implements EventLog {
    @Override
    public CompletionStage<Appended> append(Batch batch) {
        List<Batch.Entry> entries = batch.entries().stream()
                .map(entry -> {
                    String key = entry.event().partitionKey();
                    int number = key != null && key.startsWith("b") ? 1 : 0;
                    StreamName beneath = beneath(new Partition(entry.stream(), number)).stream();
                    return new Batch.Entry(beneath, entry.event(), entry.deduplication());
                })
                .toList();
        return log.append(Batch.ofEntries(entries));
    }

    @Override
    public EventReader reader(Partition partition, TypeSelection types) {
        return log.reader(beneath(partition), types);
    }

    @Override
    public Collection<StreamName> streams() {
        return log.streams().stream()
                .map(stream -> above(Partition.only(stream)).stream())
                .distinct()
                .toList();
    }

    @Override
    public Set<Partition> partitions(StreamName stream) {
        return Set.of(new Partition(stream, 1), new Partition(stream, 0));
    }

    @Override
    public Extent extent(Partition partition) {
        return log.extent(beneath(partition));
    }

    @Override
    public CompletionStage<Long> positionAt(Partition partition, Instant time) {
        return log.positionAt(beneath(partition), time);
    }

    @Override
    public void onAppend(AppendListener listener) {
        log.onAppend(ends -> {
            Map<Partition, Long> above = new HashMap<>();
            ends.forEach((partition, end) -> above.put(above(partition), end));
            listener.appended(above);
        });
    }

    @Override
    public void retain(RetentionRules rules) {
        log.retain(rules);
    }

    @Override
    public Duration sweep() {
        return log.sweep();
    }

    private static Partition beneath(Partition partition) {
        return Partition.only(new StreamName(partition.stream() + "#" + partition.number()));
    }

    private static Partition above(Partition partition) {
        String name = partition.stream().value();
        int mark = name.lastIndexOf('#');
        return new Partition(new StreamName(name.substring(0, mark)), Integer.parseInt(name.substring(mark + 1)));
    }
}
