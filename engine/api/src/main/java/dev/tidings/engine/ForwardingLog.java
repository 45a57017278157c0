package dev.tidings.engine;

import dev.tidings.model.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Has another log do whatever it is asked: for those that do one thing in another way, or look on.
public abstract class ForwardingLog implements EventLog {
    protected final EventLog log;

    protected ForwardingLog(EventLog log) {
        this.log = log;
    }

    @Override
    public CompletionStage<Appended> append(Batch batch) {
        return log.append(batch);
    }

    @Override
    public EventReader reader(Partition partition, TypeSelection types) {
        return log.reader(partition, types);
    }

    @Override
    public Collection<StreamName> streams() {
        return log.streams();
    }

    @Override
    public Set<Partition> partitions(StreamName stream) {
        return log.partitions(stream);
    }

    @Override
    public Extent extent(Partition partition) {
        return log.extent(partition);
    }

    @Override
    public CompletionStage<Long> positionAt(Partition partition, Instant time) {
        return log.positionAt(partition, time);
    }

    @Override
    public void onAppend(AppendListener listener) {
        log.onAppend(listener);
    }

    @Override
    public void retain(RetentionRules rules) {
        log.retain(rules);
    }

    @Override
    public Duration sweep() {
        return log.sweep();
    }
}
