package dev.tidings.engine.testkit.exam;

import static dev.tidings.engine.testkit.exam.Samples.PAID;
import static dev.tidings.engine.testkit.exam.Samples.PLACED;
import static dev.tidings.engine.testkit.exam.Samples.READERS;
import static dev.tidings.engine.testkit.exam.Samples.SHOP;
import static dev.tidings.engine.testkit.exam.Samples.SHOP_PARTITION;
import static dev.tidings.engine.testkit.exam.Samples.large;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Appended.Place.Stored;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.RetentionRules.Rule;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import dev.tidings.model.DataSize;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// How long an engine keeps events: never shorter than the rules say, and not for ever.
public abstract class RetentionContract extends Exam {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Rule AN_HOUR = new Rule(HOUR, null, null, false);
    private static final Rule FOR_EVER = new Rule(Duration.ofDays(36_500), null, null, false);
    /// Events that fill several segments.
    private static final int MANY = 300;

    protected RetentionContract() {}

    @Test
    void removesNothingBeforeItKnowsTheRules() {
        appendMany(PLACED, 0);
        clock.advance(Duration.ofDays(400));
        reopen();

        engine().log().sweep();

        assertThat(extent()).isEqualTo(new Extent(0, MANY));
    }

    @Test
    void removesWhatIsTooOld() {
        retain(AN_HOUR, Map.of());
        appendMany(PLACED, 0);
        clock.advance(HOUR.plusMinutes(1));

        engine().log().sweep();

        assertThat(extent().first()).isGreaterThan(MANY / 2);
        assertThat(extent().next()).isEqualTo(MANY);
    }

    @Test
    void removesNothingThatIsNotTooOldYet() {
        retain(AN_HOUR, Map.of());
        appendMany(PLACED, 0);
        clock.advance(Duration.ofMinutes(30));
        appendMany(PLACED, MANY);
        clock.advance(Duration.ofMinutes(29));

        engine().log().sweep();
        assertThat(extent().first()).isZero();

        clock.advance(Duration.ofMinutes(2));
        engine().log().sweep();
        assertThat(extent().first()).isBetween(MANY / 2L, (long) MANY);
        assertThat(eventsIn(SHOP).getLast().position()).isEqualTo(2 * MANY - 1);
    }

    @Test
    void keepsAtLeastSoManyEventsOfATypeAndNotManyMore() {
        retain(FOR_EVER, Map.of(PLACED, new Rule(FOR_EVER.age(), 50L, null, false)));
        appendMany(PLACED, 0);

        engine().log().sweep();

        assertThat(extent().first()).isBetween(1L, MANY - 50L);
    }

    @Test
    void keepsAtLeastSoManyBytesOfATypeAndNotManyMore() {
        retain(FOR_EVER, Map.of(PLACED, new Rule(FOR_EVER.age(), null, DataSize.ofKibibytes(60), false)));
        appendMany(PLACED, 0);

        engine().log().sweep();

        assertThat(extent().first()).isPositive();
        assertThat(eventsIn(SHOP).stream()
                        .mapToInt(event -> event.json().length())
                        .sum())
                .isGreaterThanOrEqualTo(60 * 1024);
    }

    @Test
    void keepsWhatItsTypeKeepsThoughTheTypeBesideItExpires() {
        retain(AN_HOUR, Map.of(PAID, FOR_EVER));
        append(large(PAID, "paid", 10));
        appendMany(PLACED, 0);
        clock.advance(Duration.ofDays(9));

        engine().log().sweep();

        assertThat(eventsIn(SHOP).getFirst().type()).isEqualTo(PAID);
        assertThat(extent().first()).isZero();
    }

    @Test
    void goesByTheRuleOfAStreamBeforeThatOfAType() {
        engine().log().retain(new RetentionRules(AN_HOUR, Map.of(PLACED, AN_HOUR), Map.of(SHOP, FOR_EVER)));
        appendMany(PLACED, 0);
        clock.advance(Duration.ofDays(9));

        engine().log().sweep();
        assertThat(extent().first()).isZero();

        engine().log().retain(new RetentionRules(FOR_EVER, Map.of(PLACED, FOR_EVER), Map.of(SHOP, AN_HOUR)));
        engine().log().sweep();
        assertThat(extent().first()).isPositive();
    }

    @Test
    void keepsUntilConsumedWhatAGroupHasNotPassed() {
        retain(new Rule(HOUR, null, null, true), Map.of());
        appendMany(PLACED, 0);
        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(Samples.moving(Cursor.at(120)));
            clock.advance(Duration.ofDays(9));

            engine().log().sweep();
            assertThat(extent().first()).isBetween(1L, 120L);
            reopen();
        }
        retain(new Rule(HOUR, null, null, true), Map.of());
        engine().log().sweep();
        assertThat(extent().first()).isLessThanOrEqualTo(120);

        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(Samples.moving(Cursor.at(MANY)));
            engine().log().sweep();
            assertThat(extent().first()).isGreaterThan(120);
        }
    }

    @Test
    void keepsNothingForAGroupThatWasForgotten() {
        retain(new Rule(HOUR, null, null, true), Map.of());
        appendMany(PLACED, 0);
        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(Samples.moving(Cursor.at(120)));
        }
        clock.advance(Duration.ofDays(9));

        append(Batch.ofForgotten(READERS, List.of()));
        engine().log().sweep();

        assertThat(extent().first()).isGreaterThan(120);
    }

    @Test
    void removesWhatIsConsumedOnlyOnceItIsTooOld() {
        retain(new Rule(HOUR, null, null, true), Map.of());
        appendMany(PLACED, 0);
        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(Samples.moving(Cursor.at(MANY)));
        }

        engine().log().sweep();

        assertThat(extent().first()).isZero();
    }

    @Test
    void removesEventsOfAQueueOnceTheyAreConsumedHoweverNewTheyAre() {
        retainQueue(120);
        appendMany(PLACED, 0);

        engine().log().sweep();
        assertThat(extent().first()).isBetween(1L, 120L);

        retainQueue(MANY);
        engine().log().sweep();
        assertThat(extent().first()).isEqualTo(MANY);
    }

    @Test
    void keepsEventsOfAQueueThatAreNotConsumedHoweverOldTheyAre() {
        retainQueue(0);
        appendMany(PLACED, 0);
        clock.advance(Duration.ofDays(9));

        engine().log().sweep();

        assertThat(extent().first()).isZero();
    }

    @Test
    void keepsWhatLiesBesideAQueueByTheRuleOfItsOwnType() {
        retainQueue(MANY + 1);
        append(large(PAID, "paid", 10));
        appendMany(PLACED, 0);

        engine().log().sweep();

        assertThat(extent().first()).isZero();
    }

    @Test
    void goesByTheLimitsWhereThereIsNoQueue() {
        retainQueue(RetentionRules.Progress.NOT_A_QUEUE);
        appendMany(PLACED, 0);
        engine().log().sweep();
        assertThat(extent().first()).isZero();

        clock.advance(HOUR.plusMinutes(1));
        engine().log().sweep();

        assertThat(extent().first()).isGreaterThan(MANY / 2);
    }

    @Test
    void returnsTheSpaceOfWhatIsConsumed() {
        appendMany(PLACED, 0);
        retainQueue(MANY);

        engine().log().sweep();
        reopen();

        assertThat(eventsIn(SHOP)).isEmpty();
        assertThat(append(large(PLACED, "later", 10)).places()).containsExactly(new Stored(SHOP_PARTITION, MANY));
    }

    @Test
    void readsOnThroughRetention() {
        retain(AN_HOUR, Map.of());
        appendMany(PLACED, 0);
        try (EventReader reader = engine().log().reader(SHOP_PARTITION, TypeSelection.ALL)) {
            Slice before = Await.result(reader.read(0, 5_000));
            clock.advance(HOUR.plusMinutes(1));
            appendMany(PLACED, MANY);
            engine().log().sweep();

            Slice after = Await.result(reader.read(before.next(), 5_000));

            assertThat(after.events().getFirst().position()).isEqualTo(extent().first());
        }
        assertThat(eventsIn(SHOP).stream().map(StoredEvent::position))
                .containsExactlyElementsOf(
                        LongStream.range(extent().first(), 2 * MANY).boxed().toList());
    }

    @Test
    void findsThePositionOfATimeWhoseEventsAreGone() {
        retain(AN_HOUR, Map.of());
        Instant start = clock.instant();
        appendMany(PLACED, 0);
        clock.advance(HOUR.plusMinutes(1));
        appendMany(PLACED, MANY);

        engine().log().sweep();

        assertThat(Await.result(engine().log().positionAt(SHOP_PARTITION, start)))
                .isEqualTo(extent().first());
        assertThat(Await.result(engine().log().positionAt(SHOP_PARTITION, start.plusMillis(1))))
                .isEqualTo(MANY);
    }

    @Test
    void neverUsesAPositionTwice() {
        retain(AN_HOUR, Map.of());
        appendMany(PLACED, 0);
        clock.advance(Duration.ofDays(9));
        engine().log().sweep();
        reopen();
        retain(AN_HOUR, Map.of());
        engine().log().sweep();
        reopen();

        assertThat(extent().next()).isEqualTo(MANY);
        assertThat(append(large(PLACED, "later", 10)).places()).containsExactly(new Stored(SHOP_PARTITION, MANY));
    }

    @Test
    void remembersTheDuplicatesOfWhatItRemoved() {
        retain(AN_HOUR, Map.of());
        appendMany(PLACED, 0);
        clock.advance(Duration.ofHours(3));
        engine().log().sweep();
        reopen();

        assertThat(extent().first()).isPositive();
        assertThat(append(large(PLACED, "e0", 1_000)).duplicates()).isEqualTo(1);
    }

    private void retain(Rule byDefault, Map<EventType, Rule> byType) {
        engine().log().retain(new RetentionRules(byDefault, byType, Map.of()));
    }

    private void retainQueue(long consumedTo) {
        Rule queue = new Rule(HOUR, null, null, false, true);
        engine().log().retain(new RetentionRules(FOR_EVER, Map.of(PLACED, queue), Map.of(), (_, _) -> consumedTo));
    }

    private void appendMany(EventType type, int first) {
        for (int from = first; from < first + MANY; from += 30) {
            List<Batch.Entry> entries = IntStream.range(from, from + 30)
                    .mapToObj(i -> large(type, "e" + i, 1_000))
                    .toList();
            append(Batch.ofEntries(entries));
        }
    }

    private Extent extent() {
        return engine().log().extent(SHOP_PARTITION);
    }
}
