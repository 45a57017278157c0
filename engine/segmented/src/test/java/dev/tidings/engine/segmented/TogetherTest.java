package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.RetentionRules.Rule;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Appending, reading, checkpoints and retention at the same time, on stores so small that everything moves.
@Timeout(60)
class TogetherTest {
    private static final Partition PARTITION = Partition.only(Store.PLACED.stream());
    private static final int WRITERS = 3;
    private static final int EACH = 1_500;
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    @Test
    void readersMissNothingWhileEventsMoveFromMemoryToSegments() throws Exception {
        try (Store store = new Store(SmallStores.TINY)) {
            List<Long> seen = run(store, TypeSelection.ALL, () -> store.engine.checkpoint());

            assertThat(seen).hasSize(WRITERS * EACH);
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i)).isEqualTo(i);
            }
        }
    }

    @Test
    void readersOfOneTypeMissNothingThoughItComesLate() throws Exception {
        try (Store store = new Store(SmallStores.TINY)) {
            List<Long> seen = run(store, new TypeSelection.Of(Set.of(type(11))), () -> store.engine.checkpoint());

            List<Long> expected = store.read(PARTITION.stream()).stream()
                    .filter(event -> event.type().equals(type(11)))
                    .map(StoredEvent::position)
                    .toList();
            assertThat(expected).isNotEmpty();
            assertThat(seen).isEqualTo(expected);
        }
    }

    @Test
    void readersGoOnInOrderWhileRetentionRemovesBeforeThem() throws Exception {
        try (Store store = new Store(SmallStores.TINY)) {
            store.engine.log().retain(new RetentionRules(new Rule(FOR_EVER, 10L, null, false), Map.of(), Map.of()));

            List<Long> seen =
                    run(store, TypeSelection.ALL, () -> store.engine.log().sweep());

            assertThat(seen).isSorted().doesNotHaveDuplicates();
            assertThat(seen.getLast()).isEqualTo(WRITERS * EACH - 1L);
            assertThat(store.failures).isEmpty();
            store.engine.log().sweep();
            assertThat(store.engine.log().extent(PARTITION).first()).isPositive();
        }
    }

    /// Reads along while writers append and something else is done again and again; returns the positions seen.
    private static List<Long> run(Store store, TypeSelection types, Runnable meanwhile) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            Future<List<Long>> reader = threads.submit(() -> follow(store, types));
            Future<?> other = threads.submit(() -> {
                while (!over.get()) {
                    meanwhile.run();
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writers.add(threads.submit(() -> write(store, number)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            List<Long> seen = reader.get();
            over.set(true);
            other.get();
            return seen;
        }
    }

    private static Callable<Void> write(Store store, int writer) throws IOException {
        for (int i = 0; i < EACH; i++) {
            EventType type = type(i * 12 / EACH);
            var event = Store.event(type, writer + "-" + i, 10 + i % 300);
            Store.result(store.engine
                    .log()
                    .append(Batch.ofEntries(List.of(new Batch.Entry(PARTITION.stream(), event, Duration.ofDays(1))))));
        }
        return () -> null;
    }

    private static List<Long> follow(Store store, TypeSelection types) {
        List<Long> seen = new ArrayList<>();
        Semaphore arrived = new Semaphore(0);
        store.engine.log().onAppend(_ -> arrived.release());
        try (EventReader reader = store.engine.log().reader(PARTITION, types)) {
            long at = 0;
            while (at < WRITERS * EACH) {
                Slice slice = Store.result(reader.read(at, 3_000));
                slice.events().forEach(event -> seen.add(event.position()));
                at = slice.next();
                if (slice.atEnd() && at < WRITERS * EACH) {
                    arrived.acquireUninterruptibly();
                    arrived.drainPermits();
                }
            }
        }
        return seen;
    }

    private static EventType type(int number) {
        return new EventType("Acme.Shop.Order.T" + number);
    }
}
