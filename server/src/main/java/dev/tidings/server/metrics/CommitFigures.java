package dev.tidings.server.metrics;

import dev.tidings.engine.EngineObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// The figures of an engine's group commits.
final class CommitFigures implements EngineObserver {
    private static final int MOST_BATCHES = 1024;

    private final Timer time;
    private final DistributionSummary batches;
    private final Counter bytes;
    private final Counter failures;

    CommitFigures(Metrics metrics) {
        time = metrics.timer("tidings.store.commit", "Writing and syncing one group of appends");
        batches = metrics.sizes("tidings.store.commit.batches", "Appends that became durable together", MOST_BATCHES);
        bytes = metrics.counter("tidings.store.written.bytes", "Bytes made durable by commits");
        failures = metrics.counter("tidings.store.failures", "Writes, syncs and checks that failed");
    }

    @Override
    public void committed(int count, int size, long nanos) {
        time.record(nanos, TimeUnit.NANOSECONDS);
        batches.record(count);
        bytes.increment(size);
    }

    @Override
    public void failed(String what) {
        failures.increment();
    }
}
