package dev.tidings.bench.micro;

import dev.tidings.bench.Events;
import dev.tidings.engine.Appended;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.segmented.RealDisk;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.engine.segmented.SegmentedEngine;
import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.wire.CloudEvents;
import dev.tidings.wire.Decoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/// What it costs to make batches durable on the real disk: 64 appenders, each waiting for its answer, events of 500
/// bytes over 50 types, deduplicated for a day. The score is batches a second of all appenders together.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(64)
public class EngineBenchmark {
    /// How many events a batch has.
    @Param({"1", "10"})
    private int batch = 1;

    private final AtomicLong ids = new AtomicLong();
    private List<Event> events = List.of();
    private Path directory = Path.of("");
    private RealDisk disk;
    private Engine engine;

    @Setup
    public void open() throws IOException {
        events = decoded();
        directory = Files.createTempDirectory("tidings-engine");
        disk = RealDisk.open(directory);
        engine = SegmentedEngine.open(disk, SegmentedConfig.DEFAULT, InstantSource.system(), EngineObserver.NONE);
    }

    @Benchmark
    public Appended append() {
        long first = ids.getAndAdd(batch);
        List<Batch.Entry> entries =
                LongStream.range(first, first + batch).mapToObj(this::entry).toList();
        return engine.log()
                .append(Batch.ofEntries(entries))
                .toCompletableFuture()
                .join();
    }

    @TearDown
    public void close() throws IOException {
        engine.close();
        disk.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Batch.Entry entry(long id) {
        Event event = events.get((int) (id % events.size()));
        Event fresh = new Event(
                Long.toString(id),
                event.source(),
                event.type(),
                event.partitionKey(),
                event.time(),
                event.data(),
                event.json());
        return new Batch.Entry(event.type().stream(), fresh, Duration.ofDays(1));
    }

    private static List<Event> decoded() {
        Bytes body = Bytes.of(new Events(500, false, "engine").batch(1000, 0));
        return switch (new CloudEvents(CloudEvents.Limits.DEFAULT).batch(body, Instant.MAX)) {
            case Decoded.Parsed(var submission) -> submission.events();
            case Decoded.Refused(var refusal) -> throw new IllegalStateException(refusal.detail());
        };
    }
}
