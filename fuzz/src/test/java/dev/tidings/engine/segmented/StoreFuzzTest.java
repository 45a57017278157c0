package dev.tidings.engine.segmented;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.EventType;
import dev.tidings.model.StreamName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A whole store that the input damages: it opens, or says in one of its own ways why not.
class StoreFuzzTest {
    private static final Template TEMPLATE = new Template();
    private static final EventType LATER = new EventType("Acme.Shop.Order.Sent");

    @FuzzTest
    void servesNothingThatWasNotAppended(byte[] damage) throws IOException {
        FaultyDisk disk = TEMPLATE.copy();
        new Damage(disk, new Choices(damage)).plain();

        assertThat(live(disk)).allMatch(in(TEMPLATE).or(event -> event.type().equals(LATER)));
    }

    @FuzzTest
    void survivesWhateverStandsBehindChecksumsThatHold(byte[] damage) throws IOException {
        FaultyDisk disk = TEMPLATE.copy();
        new Damage(disk, new Choices(damage)).sealed();

        live(disk);
    }

    /// Opens the store, reads it all, appends, and opens it once more.
    private static List<StoredEvent> live(FaultyDisk disk) throws IOException {
        List<StoredEvent> first = session(disk);
        List<StoredEvent> second = first == null ? null : session(disk);
        return Stream.of(first, second)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList();
    }

    /// Opens the store, reads what can be read, and appends; null where it does not open.
    static @Nullable List<StoredEvent> session(FaultyDisk disk) throws IOException {
        List<StoredEvent> events = new ArrayList<>();
        Failures failures = new Failures();
        try (SegmentedEngine engine = SegmentedEngine.open(disk, Template.CONFIG, Template.world(failures))) {
            for (StreamName stream : engine.log().streams()) {
                read(engine, stream, events);
            }
            append(engine);
        } catch (Corrupt corrupt) {
            assertThat(corrupt.file()).isNotEmpty();
            assertThat(corrupt.offset()).isNotNegative();
            return null;
        } catch (CannotOpen reason) {
            assertThat(reason.getMessage()).doesNotContain("\n");
            return null;
        }
        assertThat(failures.told).noneMatch(what -> what.contains("a bug"));
        return events;
    }

    /// Whether an event is one of the template's, where it stood.
    static Predicate<StoredEvent> in(Template template) {
        return event -> template.appended.values().stream()
                .map(events -> events.get(event.position()))
                .anyMatch(event.json()::equals);
    }

    private static void read(SegmentedEngine engine, StreamName stream, List<StoredEvent> events) {
        try (EventReader reader = engine.log().reader(Partition.only(stream), TypeSelection.ALL)) {
            long at = 0;
            boolean more = true;
            while (more) {
                Slice slice = result(reader.read(at, 10_000));
                events.addAll(slice.events());
                assertThat(slice.next() > at || slice.atEnd()).isTrue();
                at = slice.next();
                more = !slice.atEnd();
            }
        } catch (Corrupt | Unavailable expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private static void append(SegmentedEngine engine) {
        try {
            result(engine.log()
                    .append(Batch.ofEntries(List.of(
                            new Batch.Entry(LATER.stream(), Template.event(LATER, "later", 10), Duration.ofDays(1))))));
        } catch (Unavailable refused) {
            assertThat(refused.retryAfter()).isPositive();
        }
    }

    private static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static final class Failures implements EngineObserver {
        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        @Override
        public void committed(int batches, int bytes, long nanos) {}

        @Override
        public void failed(String what) {
            told.add(what);
        }
    }
}
