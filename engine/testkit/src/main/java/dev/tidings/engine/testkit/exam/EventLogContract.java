package dev.tidings.engine.testkit.exam;

import static dev.tidings.engine.testkit.exam.Samples.PAID;
import static dev.tidings.engine.testkit.exam.Samples.PLACED;
import static dev.tidings.engine.testkit.exam.Samples.POST;
import static dev.tidings.engine.testkit.exam.Samples.READERS;
import static dev.tidings.engine.testkit.exam.Samples.SENT;
import static dev.tidings.engine.testkit.exam.Samples.SHOP;
import static dev.tidings.engine.testkit.exam.Samples.SHOP_PARTITION;
import static dev.tidings.engine.testkit.exam.Samples.WINDOW;
import static dev.tidings.engine.testkit.exam.Samples.entries;
import static dev.tidings.engine.testkit.exam.Samples.entry;
import static dev.tidings.engine.testkit.exam.Samples.large;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Appended;
import dev.tidings.engine.Appended.Place.Stored;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Engine;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.Unavailable.Effect;
import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.KeyHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What an [dev.tidings.engine.EventLog] promises of appending.
public abstract class EventLogContract extends Exam {
    protected EventLogContract() {}

    @Test
    void storesTheEventsOfABatchInTheirOrder() {
        Appended appended = append(entries(PLACED, "a", "b", "c"));

        assertThat(appended.places())
                .containsExactly(
                        new Stored(SHOP_PARTITION, 0), new Stored(SHOP_PARTITION, 1), new Stored(SHOP_PARTITION, 2));
        assertThat(idsIn(SHOP)).containsExactly("a", "b", "c");
        assertThat(engine().log().extent(SHOP_PARTITION)).isEqualTo(new Extent(0, 3));
    }

    @Test
    void countsThePositionsOfEachStreamByItself() {
        Appended appended = append(entry(PLACED, "a"), entry(SENT, "b"), entry(PAID, "c"), entry(SENT, "d"));

        assertThat(appended.places())
                .containsExactly(
                        new Stored(SHOP_PARTITION, 0),
                        new Stored(Partition.only(POST), 0),
                        new Stored(SHOP_PARTITION, 1),
                        new Stored(Partition.only(POST), 1));
        assertThat(idsIn(POST)).containsExactly("b", "d");
        assertThat(engine().log().streams()).containsExactlyInAnyOrder(SHOP, POST);
    }

    @Test
    void keepsAnEventAsItWas() {
        Bytes around = Bytes.utf8("??{ \"id\": \"ș\\u0000\", \"time\":\"2026-01-01T00:00:00Z\" }??");
        Bytes json = around.slice(2, around.length() - 2);
        Event timed = new Event("ș\u0000", "s", PAID, "ключ", Instant.EPOCH, new Event.Data.None(), json);
        Event plain = new Event("2", "s", PLACED, null, null, new Event.Data.None(), Bytes.utf8("{}"));

        append(entry(timed, WINDOW), entry(plain, WINDOW));

        long now = clock.instant().toEpochMilli();
        assertThat(eventsIn(SHOP))
                .containsExactly(
                        new StoredEvent(0, now, PAID, KeyHash.of("ключ"), true, json),
                        new StoredEvent(1, now, PLACED, KeyHash.NONE, false, Bytes.utf8("{}")));
    }

    @Test
    void keepsEverythingAcrossACleanReopening() {
        append(entries(PLACED, "a", "b"));
        append(large(PAID, "c", 60_000), entry(SENT, "d"));
        List<StoredEvent> before = eventsIn(SHOP);

        reopen();

        assertThat(eventsIn(SHOP)).isEqualTo(before);
        assertThat(idsIn(POST)).containsExactly("d");
        assertThat(engine().log().streams()).containsExactlyInAnyOrder(SHOP, POST);
        assertThat(append(entry(PLACED, "e")).places()).containsExactly(new Stored(SHOP_PARTITION, 3));
    }

    @Test
    void knowsAStreamBeforeItsFirstEvent() {
        assertThat(engine().log().streams()).isEmpty();
        assertThat(engine().log().partitions(SHOP)).contains(SHOP_PARTITION);
        assertThat(engine().log().extent(SHOP_PARTITION)).isEqualTo(Extent.EMPTY);
    }

    @Test
    void storesABatchWithoutAnything() {
        assertThat(append().places()).isEmpty();
        assertThat(engine().log().streams()).isEmpty();
    }

    @Test
    void storesALargeBatch() {
        List<Batch.Entry> batch = IntStream.range(0, 300)
                .mapToObj(i -> large(i % 2 == 0 ? PLACED : PAID, "e" + i, 3_000))
                .toList();

        append(Batch.ofEntries(batch));

        assertThat(eventsIn(SHOP).stream().map(StoredEvent::json))
                .containsExactlyElementsOf(
                        batch.stream().map(entry -> entry.event().json()).toList());
    }

    @Test
    void tellsWhenItAcceptedABatch() {
        clock.advance(Duration.ofMinutes(3));

        assertThat(append(entry(PLACED, "a")).at().toEpochMilli())
                .isEqualTo(clock.instant().toEpochMilli())
                .isEqualTo(eventsIn(SHOP).getFirst().acceptedMillis());
    }

    @Test
    void neverMovesTimeBackwards() {
        append(entry(PLACED, "a"));
        clock.advance(Duration.ofHours(-5));
        append(entry(PLACED, "b"));
        reopen();
        append(entry(PLACED, "c"));

        assertThat(eventsIn(SHOP).stream().map(StoredEvent::acceptedMillis))
                .hasSize(3)
                .isSorted()
                .first()
                .isEqualTo(clock.instant().plus(Duration.ofHours(5)).toEpochMilli());
    }

    @Test
    void takesTheBatchesOfOneThreadInTheirOrder() {
        List<CompletionStage<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            appends.add(engine().log().append(Batch.ofEntries(List.of(entry(PLACED, "e" + i)))));
        }

        appends.forEach(Await::result);

        assertThat(idsIn(SHOP))
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "e" + i).toList());
    }

    @Test
    void keepsTheOrderOfEachOfManyThreadsAndLosesNothing() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < 4; t++) {
                String thread = "t" + t + "-";
                threads.execute(() -> IntStream.range(0, 100)
                        .mapToObj(i -> engine().log()
                                .append(Batch.ofEntries(
                                        List.of(entry(PLACED, thread + i), entry(SENT, thread + "s" + i)))))
                        .toList()
                        .forEach(Await::result));
            }
        }

        assertThat(idsIn(SHOP)).hasSize(400).doesNotHaveDuplicates();
        for (int t = 0; t < 4; t++) {
            String thread = "t" + t + "-";
            assertThat(idsIn(SHOP))
                    .containsSubsequence(
                            IntStream.range(0, 100).mapToObj(i -> thread + i).toList());
        }
        assertThat(idsIn(POST)).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void tellsListenersOfDurableEvents() {
        ConcurrentLinkedQueue<Map<Partition, Long>> heard = new ConcurrentLinkedQueue<>();
        engine().log().onAppend(heard::add);

        append(entry(PLACED, "a"), entry(PAID, "b"), entry(SENT, "c"));
        Await.until("the listener hears of them", () -> !heard.isEmpty());
        append(entry(PLACED, "d"));
        Await.until("the listener hears of the other", () -> heard.size() == 2);

        assertThat(heard)
                .containsExactly(Map.of(SHOP_PARTITION, 2L, Partition.only(POST), 1L), Map.of(SHOP_PARTITION, 3L));
    }

    @Test
    void doesNotTellListenersOfWhatBroughtNoEvent() {
        append(entry(PLACED, "a"));
        ConcurrentLinkedQueue<Map<Partition, Long>> heard = new ConcurrentLinkedQueue<>();
        engine().log().onAppend(heard::add);

        try (Member _ = Member.join(engine(), READERS, SHOP)) {
            append(entry(PLACED, "a"));
            append(Samples.moving(Cursor.at(1)));
            append(Batch.ofStates(List.of(Samples.put("t", "k", "v"))));
        }
        append(entry(SENT, "b"));
        Await.until("the listener hears of the event", () -> !heard.isEmpty());

        assertThat(heard).containsExactly(Map.of(Partition.only(POST), 1L));
    }

    @Test
    void refusesWhatComesAfterItWasClosed() {
        Engine closed = engine();
        append(entry(PLACED, "a"));
        reopen();

        Unavailable refusal = Await.failure(closed.log().append(Batch.ofEntries(List.of(entry(PLACED, "b")))));
        closed.close();

        assertThat(refusal.effect()).isEqualTo(Effect.NONE);
        assertThat(idsIn(SHOP)).containsExactly("a");
    }

    @Test
    void finishesWhatWasAppendedBeforeItCloses() {
        List<CompletionStage<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            appends.add(engine().log().append(Batch.ofEntries(List.of(entry(PLACED, "e" + i)))));
        }

        reopen();

        assertThat(appends.stream().map(Await::result)).hasSize(50);
        assertThat(idsIn(SHOP)).hasSize(50);
    }

    @Test
    void isWritableFromTheStart() {
        assertThat(engine().status().refusal()).isNull();
        assertThat(engine().status().writable()).isTrue();
    }
}
