package dev.tidings.broker.streams;

import static dev.tidings.broker.streams.Library.DONE;
import static dev.tidings.broker.streams.Library.STREAM;
import static dev.tidings.broker.streams.Library.UNDONE;
import static dev.tidings.broker.streams.Library.everything;
import static dev.tidings.broker.streams.Library.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.StreamedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamReaderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Library library = new Library();

    @Test
    void readsFromTheBeginningBatchByBatch() {
        library.append("a", "b", "c");
        StreamReader reader = library.open(new StreamStart.Earliest());

        StreamBatch.Events first = library.next(reader, 2);
        StreamBatch.Events second = library.next(reader, 2);

        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(first.place().atEnd()).isFalse();
        assertThat(ids(second)).containsExactly("c");
        assertThat(second.place().atEnd()).isTrue();
        assertThat(second.place().next()).isEqualTo(second.place().bounds().latest());
    }

    @Test
    void goesOnBehindThePositionOfAnyEvent() {
        library.append("a", "b", "c");
        StreamedEvent second = library.next(library.open(new StreamStart.Earliest()), 9)
                .events()
                .get(1);

        StreamReader reader = library.open(new StreamStart.After(second.position()));

        assertThat(ids(library.next(reader, 9))).containsExactly("c");
    }

    @Test
    void beginsAtATimeOrBehindAllThatIsThere() {
        library.append("a");
        library.clock.advance(SECOND);
        library.append("b");
        StreamReader since = library.open(new StreamStart.Since(library.clock.instant()));
        StreamReader latest = library.open(new StreamStart.Latest());
        library.append("c");

        assertThat(ids(library.next(since, 9))).containsExactly("b", "c");
        assertThat(ids(library.next(latest, 9))).containsExactly("c");
    }

    @Test
    void waitsForTheNextEventAndNoLonger() {
        StreamReader reader = library.open(new StreamStart.Earliest());

        CompletableFuture<StreamBatch> first = library.ask(reader, 9, SECOND);
        assertThat(first).isNotDone();
        library.append("a");
        library.loop.run();
        CompletableFuture<StreamBatch> second = library.ask(reader, 9, SECOND);
        library.loop.advance(SECOND);

        assertThat(ids(first.resultNow())).containsExactly("a");
        assertThat(ids(second.resultNow())).isEmpty();
        assertThat(library.loop.timers()).isZero();
    }

    @Test
    void readsNothingBeforeItIsAsked() {
        library.engine.reads().shut();
        library.append("a");

        StreamReader reader = library.open(new StreamStart.Earliest());
        library.append("b");
        library.loop.run();

        assertThat(library.engine.reads().waiting()).isZero();
        var _ = library.ask(reader, 1, SECOND);
        assertThat(library.engine.reads().waiting()).isEqualTo(1);
    }

    @Test
    void leavesTheLoopToOthersBetweenTwoReads() {
        IntStream.range(0, 15).forEach(i -> library.append("e" + i));
        library.engine.reads().shut();
        StreamReader reader = library.open(new StreamStart.Earliest());
        CompletableFuture<StreamBatch> asked = library.ask(reader, 15, Duration.ZERO);
        int reads = 0;
        while (!asked.isDone()) {
            library.engine.reads().pass();
            reads++;
            library.loop.run();
        }

        assertThat(ids(asked.resultNow())).hasSize(15);
        assertThat(reads).isGreaterThan(2);
    }

    @Test
    void takesTurnsWithOtherReaders() {
        library.append("a");
        library.engine.reads().shut();
        CompletableFuture<StreamBatch> one = library.ask(library.open(new StreamStart.Earliest()), 1, Duration.ZERO);
        CompletableFuture<StreamBatch> other = library.ask(library.open(new StreamStart.Earliest()), 1, Duration.ZERO);

        assertThat(library.engine.reads().waiting()).isEqualTo(1);
        library.engine.reads().pass();
        library.loop.run();
        assertThat(one).isDone();
        library.engine.reads().pass();
        library.loop.run();
        assertThat(other).isDone();
    }

    @Test
    void restsWhileItIsBehindAndPassesOnAtOnceWhatComesIn() {
        StreamsConfig slow = new StreamsConfig(3, 4, new DataSize(200), 1, new DataSize(200), new DataSize(1_000));
        Library paced = new Library(slow, UnaryOperator.identity());
        paced.append("a", "b", "c", "d", "e", "f");
        StreamReader reader = paced.open(new StreamStart.Earliest());

        CompletableFuture<StreamBatch> behind = paced.ask(reader, 9, Duration.ZERO);
        boolean beforeItsTime = behind.isDone();
        paced.loop.advance(SECOND.multipliedBy(2));
        CompletableFuture<StreamBatch> next = paced.ask(reader, 9, SECOND);
        paced.append("g");
        paced.loop.run();

        assertThat(beforeItsTime).isFalse();
        assertThat(ids(behind.resultNow())).hasSize(6);
        assertThat(ids(next.resultNow())).containsExactly("g");
    }

    @Test
    void tellsOnlyWhatMatchesItsFilterAndItsTypes() {
        library.append(UNDONE, "a");
        library.append("b", "c");
        StreamReader types =
                library.open(new StreamQuery(STREAM.value(), new StreamStart.Earliest(), Set.of(UNDONE), null));
        StreamReader filtered = library.open(
                new StreamQuery(STREAM.value(), new StreamStart.Earliest(), null, "{\"exact\":{\"id\":\"c\"}}"));

        assertThat(ids(library.next(types, 9))).containsExactly("a");
        StreamBatch.Events found = library.next(filtered, 9);
        assertThat(ids(found)).containsExactly("c");
        assertThat(found.place().atEnd()).isTrue();
    }

    @Test
    void answersWhenItHasLookedThroughEnoughInVain() {
        IntStream.range(0, 100).forEach(i -> library.append("e" + i));
        StreamReader reader = library.open(
                new StreamQuery(STREAM.value(), new StreamStart.Earliest(), null, "{\"exact\":{\"id\":\"e99\"}}"));

        StreamBatch.Events first = library.next(reader, 9);
        int answers = 1;
        while (library.next(reader, 9).events().isEmpty()) {
            answers++;
        }

        assertThat(first.events()).isEmpty();
        assertThat(first.place().atEnd()).isFalse();
        assertThat(answers).isBetween(3, 20);
    }

    @Test
    void doesNotRevealWhatWasAcceptedBeforeAGrant() {
        library.append("hidden");
        library.clock.advance(SECOND);
        library.grant(Map.of(DONE, new Grant(false, library.clock.instant()), UNDONE, everything()));
        library.append("a");

        StreamReader mixed = library.open(new StreamStart.Earliest());
        StreamReader since = library.open(new StreamQuery(
                STREAM.value(), new StreamStart.Since(library.clock.instant().minus(SECOND)), Set.of(DONE), null));

        assertThat(ids(library.next(mixed, 9))).containsExactly("a");
        assertThat(ids(library.next(since, 9))).containsExactly("a");
    }

    @Test
    void readsWhatIsGrantedNowAlsoWhileItReads() {
        library.append("a");
        library.append(UNDONE, "b");
        StreamReader reader = library.open(new StreamStart.Earliest());
        library.engine.reads().shut();
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);

        library.grant(Map.of(UNDONE, everything()));
        library.loop.run();
        library.engine.reads().open();
        library.loop.run();

        assertThat(ids(asked.resultNow())).containsExactly("b");
    }

    @Test
    void endsWhenNothingIsGrantedAnyMore() {
        StreamReader reader = library.open(new StreamStart.Earliest());
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);

        library.grant(Map.of());
        library.loop.run();

        assertThat(asked.resultNow())
                .isInstanceOfSatisfying(
                        StreamBatch.Ended.class,
                        ended -> assertThat(ended.refusal().code()).isEqualTo(ErrorCode.NOT_ALLOWED));
    }

    @Test
    void endsWhereRetentionHasRemovedWhatItHasNotReadYet() {
        library.append("a", "b", "c");
        StreamReader reader = library.open(new StreamStart.Earliest());
        StreamReader fresh = library.open(new StreamStart.Earliest());
        library.next(reader, 1);

        library.engine.log().retain(keeping(1));
        library.engine.log().sweep();

        CompletableFuture<StreamBatch> asked = library.ask(reader, 1, SECOND);
        assertThat(asked.resultNow())
                .isInstanceOfSatisfying(
                        StreamBatch.Ended.class,
                        ended -> assertThat(ended.refusal().code()).isEqualTo(ErrorCode.POSITION_GONE));
        assertThat(ids(library.next(fresh, 9))).containsExactly("c");
    }

    @Test
    void missesNothingWhereRetentionRemovesItWhileItReads() {
        library.append("a", "b", "c");
        StreamReader reader = library.open(new StreamStart.Earliest());
        library.next(reader, 1);
        library.engine.reads().shut();
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);

        library.engine.log().retain(keeping(1));
        library.engine.log().sweep();
        library.engine.reads().open();
        library.loop.run();

        assertThat(asked.resultNow()).isInstanceOf(StreamBatch.Ended.class);
    }

    @Test
    void refusesAPositionThatIsGoneAndTellsTheEarliest() {
        library.append("a", "b", "c");
        StreamBatch.Events first = library.next(library.open(new StreamStart.Earliest()), 1);
        library.engine.log().retain(keeping(1));
        library.engine.log().sweep();

        var refusal =
                library.refusal(Library.from(new StreamStart.After(first.place().next())));
        StreamReader reader =
                library.open(new StreamStart.After(refusal.members().get("earliest")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.POSITION_GONE);
        assertThat(ids(library.next(reader, 9))).containsExactly("c");
    }

    @Test
    void refusesAPositionThatIsNoneOfItsStream() {
        library.append("a");
        String beyond = new StreamPosition(List.of(2L)).text(STREAM);

        assertThat(library.refusal(Library.from(new StreamStart.After(beyond))).code())
                .isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(library.refusal(Library.from(new StreamStart.After("x"))).code())
                .isEqualTo(ErrorCode.INVALID_PARAMETER);
    }

    @Test
    void answersWithWhatThereIsWhenTheBrokerShutsDownAndThenEnds() {
        StreamReader reader = library.open(new StreamStart.Earliest());
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);

        library.reading.drain();
        library.loop.run();

        assertThat(ids(asked.resultNow())).isEmpty();
        assertThat(library.ask(reader, 9, SECOND).resultNow()).isInstanceOf(StreamBatch.Ended.class);
        StreamReader late = library.open(new StreamStart.Earliest());
        assertThat(library.ask(late, 9, SECOND).resultNow()).isInstanceOf(StreamBatch.Ended.class);
    }

    @Test
    void tellsWhenTheStoreCannotReadAndGoesOnLater() {
        library.append("a");
        StreamReader reader = library.open(new StreamStart.Earliest());
        library.engine.reads().shut();
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);
        library.engine.reads().fail(new Unavailable("no", Unavailable.Effect.NONE, SECOND));
        library.loop.run();
        library.engine.reads().open();

        assertThat(asked.exceptionNow()).isInstanceOf(Unavailable.class);
        assertThat(ids(library.next(reader, 9))).containsExactly("a");
    }

    @Test
    void givesItsPlaceFreeWhenItIsClosedWhateverItDoes() {
        library.append("a");
        library.engine.reads().shut();
        StreamReader idle = library.open(new StreamStart.Earliest());
        StreamReader reading = library.open(new StreamStart.Earliest());
        StreamReader waiting = library.open(new StreamStart.Latest());
        CompletableFuture<StreamBatch> asked = library.ask(reading, 9, SECOND);
        CompletableFuture<StreamBatch> other = library.ask(waiting, 9, SECOND);
        assertThat(library.refusal(Library.from(new StreamStart.Earliest())).code())
                .isEqualTo(ErrorCode.OVER_QUOTA);

        List.of(idle, reading, waiting, waiting).forEach(StreamReader::close);
        library.loop.run();
        library.engine.reads().open();
        library.loop.run();

        assertThat(asked.resultNow()).isInstanceOf(StreamBatch.Ended.class);
        assertThat(other.resultNow()).isInstanceOf(StreamBatch.Ended.class);
        assertThat(library.reading.readers()).isZero();
        assertThat(ids(library.next(library.open(new StreamStart.Earliest()), 9)))
                .containsExactly("a");
    }

    @Test
    void readsPartitionsByTurnsAndEachInOrder() {
        Library parted = new Library(Library.CONFIG, TwoPartitions::new);
        parted.append("a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4", "a5", "b5");
        StreamBatch.Events first = parted.next(parted.open(new StreamStart.Earliest()), 3);
        String text = first.events().getLast().position();

        StreamBatch.Events rest = parted.next(parted.open(new StreamStart.After(text)), 20);

        assertThat(ids(first)).hasSize(3);
        List<String> all = new ArrayList<>(ids(first));
        all.addAll(ids(rest));
        assertThat(all.stream().filter(id -> id.startsWith("a"))).containsExactly("a1", "a2", "a3", "a4", "a5");
        assertThat(all.stream().filter(id -> id.startsWith("b"))).containsExactly("b1", "b2", "b3", "b4", "b5");
    }

    private static RetentionRules keeping(long count) {
        return new RetentionRules(new RetentionRules.Rule(Duration.ofDays(1), count, null, false), Map.of(), Map.of());
    }
}
