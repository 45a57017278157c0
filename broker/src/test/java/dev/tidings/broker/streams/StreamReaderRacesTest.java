package dev.tidings.broker.streams;

import static dev.tidings.broker.streams.Library.DONE;
import static dev.tidings.broker.streams.Library.ELSE;
import static dev.tidings.broker.streams.Library.STREAM;
import static dev.tidings.broker.streams.Library.UNDONE;
import static dev.tidings.broker.streams.Library.everything;
import static dev.tidings.broker.streams.Library.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.groups.VerdictMemo;
import dev.tidings.broker.streams.StreamReading.Opened;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.ForwardingLog;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Slice;
import dev.tidings.engine.TypeSelection;
import dev.tidings.filter.Compilation;
import dev.tidings.filter.EventFilter;
import dev.tidings.filter.Filters;
import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a reader is told where something happens while it reads, and what it costs others.
class StreamReaderRacesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final StreamsConfig LARGE = new StreamsConfig(
            3, 4, DataSize.ofKibibytes(100), 1, DataSize.ofMebibytes(1_000), DataSize.ofKibibytes(100));

    private final Library library = new Library();

    @Test
    void tellsThatItsPositionHasGoneSinceItBegan() {
        library.append("a", "b", "c");
        String behindFirst = library.next(library.open(new StreamStart.Earliest()), 1)
                .place()
                .next();
        StreamReader reader = library.open(new StreamStart.After(behindFirst));

        library.engine.log().retain(keepingOne());
        library.engine.log().sweep();

        assertThat(library.ask(reader, 9, SECOND).resultNow())
                .isInstanceOfSatisfying(
                        StreamBatch.Ended.class,
                        ended -> assertThat(ended.refusal().code()).isEqualTo(ErrorCode.POSITION_GONE));
    }

    @Test
    void tellsWhatItHasFoundBeforeItTellsThatMoreHasGone() {
        IntStream.range(0, 9).forEach(i -> library.append("e" + i));
        String position = library.next(library.open(new StreamStart.Earliest()), 1)
                .place()
                .next();
        StreamReader reader = library.open(new StreamStart.After(position));
        library.engine.reads().shut();
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);
        library.engine.reads().pass();
        library.loop.run();

        library.engine.log().retain(keepingOne());
        library.engine.log().sweep();
        library.engine.reads().open();
        library.loop.run();

        assertThat(ids(asked.resultNow())).isNotEmpty().startsWith("e1").doesNotContain("e8");
        assertThat(library.ask(reader, 9, SECOND).resultNow()).isInstanceOf(StreamBatch.Ended.class);
    }

    @Test
    void readsNothingThatIsTakenFromItWhileItBegins() {
        library.append("a");
        CompletableFuture<Opened> opening = opening();

        library.grant(Map.of());
        library.loop.run();

        assertThat(ended(opening)).isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    @Test
    void endsWhenOnlyAnotherStreamIsGrantedStill() {
        StreamReader reader = library.open(new StreamStart.Latest());
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);

        library.grant(Map.of(ELSE, everything()));
        library.loop.run();

        assertThat(asked.resultNow()).isInstanceOf(StreamBatch.Ended.class);
    }

    @Test
    void readsNothingWhereTheBrokerShutsDownWhileItBegins() {
        library.append("a");
        CompletableFuture<Opened> opening = opening();

        library.reading.drain();
        library.loop.run();

        assertThat(ended(opening)).isEqualTo(ErrorCode.NOT_READY);
    }

    private CompletableFuture<Opened> opening() {
        return library.reading
                .open(Library.READER, Library.from(new StreamStart.Earliest()))
                .toCompletableFuture();
    }

    private ErrorCode ended(CompletableFuture<Opened> opening) {
        StreamReader reader = ((Opened.Opening) opening.resultNow()).reader();
        return switch (library.ask(reader, 9, SECOND).resultNow()) {
            case StreamBatch.Ended(var refusal) -> refusal.code();
            case StreamBatch.Events events -> throw new AssertionError(events);
        };
    }

    @Test
    void takesNoTurnOfOthersWhereItIsClosedBeforeItsOwn() {
        library.append("a");
        StreamReader closed = library.open(new StreamStart.Earliest());
        var _ = closed.next(new StreamReader.Want(9, 10_000, SECOND));
        closed.close();
        library.loop.run();

        assertThat(ids(library.next(library.open(new StreamStart.Earliest()), 9)))
                .containsExactly("a");
    }

    @Test
    void takesNoPlaceWhereItIsRefused() {
        library.append("a");
        for (int i = 0; i < 4; i++) {
            assertThat(library.refusal(Library.from(new StreamStart.After("x"))).code())
                    .isEqualTo(ErrorCode.INVALID_PARAMETER);
        }

        assertThat(library.reading.readers()).isZero();
    }

    @Test
    void forgetsWhatItsFilterSaidWhenItIsClosed() {
        library.append("a");
        StreamReader reader = library.open(
                new StreamQuery(STREAM.value(), new StreamStart.Earliest(), null, "{\"prefix\":{\"id\":\"a\"}}"));
        library.next(reader, 9);
        VerdictMemo shared = memo();

        reader.close();
        library.loop.run();

        assertThat(memo()).isNotSameAs(shared);
    }

    /// What readers of this filter remember of the stream now.
    private VerdictMemo memo() {
        EventFilter filter = ((Compilation.Compiled) Filters.compile("{\"prefix\":{\"id\":\"a\"}}")).filter();
        Partition partition = Partition.only(STREAM);
        VerdictMemo memo = library.reading.filtering().take(filter, partition);
        library.reading.filtering().give(filter, partition);
        return memo;
    }

    @Test
    void readsAgainWhatWasReadWhenItWasGrantedLess() {
        library.grant(Map.of(DONE, everything()));
        library.append(UNDONE, "a");
        library.append("b");
        StreamReader reader = library.open(new StreamStart.Earliest());
        library.engine.reads().shut();
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);

        library.grant(Map.of(DONE, everything(), UNDONE, everything()));
        library.loop.run();
        library.engine.reads().open();
        library.loop.run();

        assertThat(ids(asked.resultNow())).containsExactly("a", "b");
    }

    /// Its listener is not told again of what came just before it began to wait.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void hearsOfAnEventThatComesWhileItBeginsToWait(int look) {
        Interrupted log = new Interrupted(library.engine.log());
        Library interrupted = new Library(Library.CONFIG, _ -> log);
        StreamReader reader = interrupted.open(new StreamStart.Latest());
        log.behindLook(look, () -> interrupted.append("a"));

        CompletableFuture<StreamBatch> asked = interrupted.ask(reader, 9, SECOND);
        log.now();
        interrupted.loop.run();

        assertThat(ids(asked.resultNow())).containsExactly("a");
    }

    @Test
    void leavesNoTimerBehindOnceItHasAnswered() {
        StreamReader reader = library.open(new StreamStart.Earliest());
        CompletableFuture<StreamBatch> asked = library.ask(reader, 9, SECOND);

        library.append("a");
        library.loop.run();

        assertThat(asked).isDone();
        assertThat(library.loop.timers()).isZero();
    }

    /// Events are read by blocks: whoever holds one event for a slow client would hold the block.
    @Test
    void keepsTheBytesOfWhatItFoundOnly() {
        Bytes block = Bytes.utf8("[{\"id\":\"a\"},{\"id\":\"b\"}]");
        library.append(DONE, "b", block.slice(12, 22));

        Bytes found = library.next(library.open(new StreamStart.Earliest()), 1)
                .events()
                .getFirst()
                .json();

        assertThat(found).isEqualTo(Bytes.utf8("{\"id\":\"b\"}"));
        assertThat(found.array()).hasSize(found.length());
    }

    /// But not before it has judged some: else it would not come on at all.
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void givesTheLoopToOthersWhereJudgingTakesLong(int millis) {
        Library slow = new Library(LARGE, UnaryOperator.identity());
        IntStream.range(0, 150).forEach(i -> slow.append("e" + i));
        StreamReader reader = slow.open(
                new StreamQuery(STREAM.value(), new StreamStart.Earliest(), null, "{\"prefix\":{\"id\":\"e\"}}"));
        slow.engine.reads().shut();
        slow.letTimePassWithEachLook(Duration.ofMillis(millis));
        CompletableFuture<StreamBatch> asked = slow.ask(reader, 150, Duration.ZERO);
        int reads = 0;
        while (!asked.isDone() && reads < 20) {
            slow.engine.reads().pass();
            reads++;
            slow.loop.run();
        }

        assertThat(ids(asked.resultNow())).hasSize(150);
        assertThat(reads).isBetween(4, 10);
    }

    @Test
    void answersWhenTheEngineHasLookedThroughEnoughInVain() {
        Library vain = new Library(Library.CONFIG, Vain::new);
        vain.append("a", "b", "c");

        StreamBatch.Events found = vain.next(vain.open(new StreamStart.Earliest()), 9);

        assertThat(found.events()).isEmpty();
        assertThat(found.place().atEnd()).isFalse();
    }

    @Test
    void tellsOnHowManyEventsItsFilterFailed() {
        library.append("a", "b");
        StreamReader reader = library.open(
                new StreamQuery(STREAM.value(), new StreamStart.Earliest(), null, "{\"sql\":\"priority > 5\"}"));

        StreamBatch.Events found = library.next(reader, 9);

        assertThat(found.events()).isEmpty();
        assertThat(found.filterFailed()).isEqualTo(2);
        assertThat(library.reading.filterFailures()).isEqualTo(2);
    }

    @Test
    void readsNoPartitionToItsEndBeforeTheNext() {
        Library parted = new Library(Library.CONFIG, TwoPartitions::new);
        IntStream.range(0, 20).forEach(i -> parted.append("a" + i));
        IntStream.range(0, 20).forEach(i -> parted.append("b" + i));

        List<String> all = ids(parted.next(parted.open(new StreamStart.Earliest()), 40));

        assertThat(all).contains("a0", "b0").doesNotContain("a19");
    }

    private static RetentionRules keepingOne() {
        return new RetentionRules(new RetentionRules.Rule(Duration.ofDays(1), 1L, null, false), Map.of(), Map.of());
    }

    /// Something happens behind one of the looks at what a partition holds.
    private static final class Interrupted extends ForwardingLog {
        private int looks;
        private Runnable task = () -> {};

        Interrupted(EventLog log) {
            super(log);
        }

        void behindLook(int number, Runnable then) {
            looks = number;
            task = then;
        }

        /// At last, where there were fewer looks.
        void now() {
            Runnable then = task;
            task = () -> {};
            then.run();
        }

        @Override
        public Extent extent(Partition partition) {
            Extent extent = log.extent(partition);
            looks--;
            if (looks == 0) {
                now();
            }
            return extent;
        }
    }

    /// Finds nothing, one position after the other.
    private static final class Vain extends ForwardingLog {
        Vain(EventLog log) {
            super(log);
        }

        @Override
        public EventReader reader(Partition partition, TypeSelection types) {
            return new EventReader() {
                @Override
                public CompletionStage<Slice> read(long from, int maxBytes) {
                    return search(from, maxBytes, 1);
                }

                @Override
                public CompletionStage<Slice> search(long from, int maxBytes, int maxScanned) {
                    long end = log.extent(partition).next();
                    return CompletableFuture.completedStage(new Slice(List.of(), from + 1, end));
                }

                @Override
                public void close() {}
            };
        }
    }
}
