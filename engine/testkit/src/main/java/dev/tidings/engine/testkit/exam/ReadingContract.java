package dev.tidings.engine.testkit.exam;

import static dev.tidings.engine.testkit.exam.Samples.PAID;
import static dev.tidings.engine.testkit.exam.Samples.PLACED;
import static dev.tidings.engine.testkit.exam.Samples.SHOP;
import static dev.tidings.engine.testkit.exam.Samples.SHOP_PARTITION;
import static dev.tidings.engine.testkit.exam.Samples.entries;
import static dev.tidings.engine.testkit.exam.Samples.entry;
import static dev.tidings.engine.testkit.exam.Samples.large;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Batch;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an [EventReader] promises.
public abstract class ReadingContract extends Exam {
    private static final TypeSelection ONLY_PAID = new TypeSelection.Of(Set.of(PAID));

    protected ReadingContract() {}

    @Test
    void findsNothingWhereNothingIs() {
        Slice slice = reading(SHOP, TypeSelection.ALL).once(0, 1_000);

        assertThat(slice.events()).isEmpty();
        assertThat(slice.atEnd()).isTrue();
        assertThat(slice.next()).isZero();
    }

    @Test
    void readsOnlySelectedTypes() {
        append(entry(PLACED, "a"), entry(PAID, "b"), entry(PLACED, "c"), entry(PAID, "d"), entry(PLACED, "e"));

        Slice slice = reading(SHOP, ONLY_PAID).once(0, 100_000);

        assertThat(slice.events().stream().map(Samples::id)).containsExactly("b", "d");
        assertThat(slice.next()).isEqualTo(5);
        assertThat(slice.atEnd()).isTrue();
    }

    @Test
    void passesOverAPartitionWithoutSelectedTypes() {
        TypeSelection unknown = new TypeSelection.Of(Set.of(new EventType("Acme.Shop.Order.Vanished")));
        append(entries(PLACED, "a", "b", "c"));

        Slice slice = reading(SHOP, unknown).once(0, 1_000);

        assertThat(slice.events()).isEmpty();
        assertThat(slice.next()).isEqualTo(3);
        assertThat(slice.atEnd()).isTrue();
    }

    @Test
    void readsOneEventHoweverSmallTheAskedSize() {
        append(large(PLACED, "a", 20_000), entry(PLACED, "b"));

        Slice slice = reading(SHOP, TypeSelection.ALL).once(0, 1);

        assertThat(slice.events().stream().map(Samples::id)).containsExactly("a");
        assertThat(slice.next()).isEqualTo(1);
        assertThat(slice.end()).isEqualTo(2);
    }

    @Test
    void readsNoMoreOnceTheAskedSizeIsReached() {
        append(entries(PLACED, "a", "b", "c"));
        int size = eventsIn(SHOP).getFirst().json().length();

        assertThat(reading(SHOP, TypeSelection.ALL).once(0, 2 * size).events()).hasSize(2);
        assertThat(reading(SHOP, TypeSelection.ALL).once(0, 2 * size + 1).events())
                .hasSize(3);
    }

    @Test
    void findsTheOneSelectedEventFarBehindOthers() {
        for (int batch = 0; batch < 20; batch++) {
            int first = batch * 20;
            append(IntStream.range(first, first + 20)
                    .mapToObj(i -> large(PLACED, "e" + i, 1_000))
                    .toArray(Batch.Entry[]::new));
        }
        append(entry(PAID, "paid"));

        assertThat(reading(SHOP, ONLY_PAID).once(0, 1_000).events().stream().map(Samples::id))
                .containsExactly("paid");
    }

    @Test
    void readsTheSameInSlicesOfAnySizeAndFromAnyPosition() {
        for (int i = 0; i < 100; i++) {
            append(large(i % 3 == 0 ? PAID : PLACED, "e" + i, i * 37));
        }
        List<StoredEvent> all = eventsIn(SHOP);
        reopen();

        assertThat(all).hasSize(100);
        for (int maxBytes : new int[] {1, 100, 5_000, 70_000, 10_000_000}) {
            assertThat(reading(SHOP, TypeSelection.ALL).from(0, maxBytes)).isEqualTo(all);
        }
        for (int from : new int[] {1, 17, 50, 98, 99}) {
            assertThat(reading(SHOP, TypeSelection.ALL).from(from, 3_000)).isEqualTo(all.subList(from, 100));
            assertThat(reading(SHOP, ONLY_PAID).from(from, 3_000))
                    .isEqualTo(all.subList(from, 100).stream()
                            .filter(event -> event.type().equals(PAID))
                            .toList());
        }
    }

    @Test
    void readsOnWhenMoreWasAppended() {
        try (EventReader reader = engine().log().reader(SHOP_PARTITION, TypeSelection.ALL)) {
            append(entry(PLACED, "a"));
            Slice first = Await.result(reader.read(0, 1_000));
            Slice none = Await.result(reader.read(first.next(), 1_000));
            append(entry(PLACED, "b"));

            Slice second = Await.result(reader.read(none.next(), 1_000));

            assertThat(none.events()).isEmpty();
            assertThat(second.events().stream().map(Samples::id)).containsExactly("b");
        }
    }

    @Test
    void findsWhatIsRareByLookingThroughALittleAtATime() {
        for (int i = 0; i < 400; i++) {
            append(large(i == 390 ? PAID : PLACED, "e" + i, 3_000));
        }
        reopen();

        try (EventReader reader = engine().log().reader(SHOP_PARTITION, ONLY_PAID)) {
            Slice slice = Await.result(reader.search(0, 1_000, 1));
            while (slice.events().isEmpty()) {
                assertThat(slice.atEnd()).isFalse();
                long at = slice.next();
                slice = Await.result(reader.search(at, 1_000, 1));
                assertThat(slice.next()).isGreaterThan(at);
            }

            assertThat(slice.events().stream().map(Samples::id)).containsExactly("e390");
            assertThat(Await.result(reader.search(slice.next(), 1_000, 1_000_000))
                            .atEnd())
                    .isTrue();
        }
    }

    @Test
    void readsBackwardsToo() {
        append(entries(PLACED, "a", "b", "c"));

        try (EventReader reader = engine().log().reader(SHOP_PARTITION, TypeSelection.ALL)) {
            Await.result(reader.read(2, 1_000));

            assertThat(Await.result(reader.read(0, 1)).events().stream().map(Samples::id))
                    .containsExactly("a");
        }
    }

    @Test
    void knowsThePositionOfATime() {
        Instant start = clock.instant();
        append(entries(PLACED, "a", "b"));
        clock.advance(Duration.ofMinutes(10));
        append(entry(PLACED, "c"));

        assertThat(positionAt(start.minusSeconds(1))).isZero();
        assertThat(positionAt(start)).isZero();
        assertThat(positionAt(start.plusMillis(1))).isEqualTo(2);
        assertThat(positionAt(start.plus(Duration.ofMinutes(10)))).isEqualTo(2);
        assertThat(positionAt(start.plus(Duration.ofMinutes(11)))).isEqualTo(3);
    }

    @Test
    void knowsThePositionOfATimeAmongManyAfterReopening() {
        Instant start = clock.instant();
        for (int i = 0; i < 200; i++) {
            append(large(PLACED, "e" + i, 1_000));
            clock.advance(Duration.ofSeconds(1));
        }
        reopen();

        for (int i : new int[] {0, 1, 63, 64, 100, 199}) {
            assertThat(positionAt(start.plusSeconds(i))).isEqualTo(i);
        }
        assertThat(positionAt(start.plusSeconds(200))).isEqualTo(200);
    }

    private long positionAt(Instant time) {
        return Await.result(engine().log().positionAt(SHOP_PARTITION, time));
    }
}
