package dev.tidings.bench.micro;

import dev.tidings.bench.Events;
import dev.tidings.model.Bytes;
import dev.tidings.wire.CloudEvents;
import dev.tidings.wire.Decoded;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What it costs to check, scan and cut a request: one event of 500 bytes, and a batch of a hundred.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScannerBenchmark {
    private static final int BATCH = 100;

    private final CloudEvents codec = new CloudEvents(CloudEvents.Limits.DEFAULT);
    private final Bytes one = Bytes.of(new Events(500, false, "one").one(0));
    private final Bytes many = Bytes.of(new Events(500, false, "many").batch(BATCH, 0));

    @Benchmark
    public Decoded single() {
        return codec.structured(one, Instant.MAX);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Decoded batchOf100() {
        return codec.batch(many, Instant.MAX);
    }
}
