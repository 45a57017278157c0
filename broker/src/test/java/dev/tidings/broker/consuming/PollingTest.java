package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.consuming.Outlet.Ending;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PollingTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Room room = new Room();
    private final Reading reading = room.openQuietly(Room.opening("~default"));

    @Test
    void takesWhatIsThereUpToItsBound() {
        room.publish("a", "b", "c");

        assertThat(reading.poll(2)).containsExactly("a", "b");
        assertThat(reading.poll(2)).containsExactly("c");
    }

    /// What is held until it is asked for must not keep everything in memory that it was read with.
    @Test
    void holdsTheBytesOfItsEventsAlone() {
        room.publish("a", "b");

        List<Delivery> deliveries = room.now(reading.instance.poll(10, 1 << 20, HALF_A_MINUTE));

        assertThat(deliveries)
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.json().array())
                        .hasSize(delivery.json().length()));
    }

    @Test
    void takesOneEventHoweverFewBytesItAllows() {
        room.publish("a", "b");

        assertThat(Reading.idsOf(room.now(reading.instance.poll(10, 1, HALF_A_MINUTE))))
                .containsExactly("a");
    }

    @Test
    void waitsForTheFirstEventAndNotForMore() {
        var poll = poll(10);
        assertThat(poll).isNotDone();

        room.publish("a");

        assertThat(Reading.idsOf(poll.join())).containsExactly("a");
    }

    @Test
    void endsEmptyAtItsTimeout() {
        var poll = poll(10);

        room.loop.advance(HALF_A_MINUTE.minusMillis(1));
        assertThat(poll).isNotDone();
        room.loop.advance(Duration.ofMillis(1));

        assertThat(poll.join()).isEmpty();
    }

    @Test
    void takesNothingOnceItHasEnded() {
        assertThat(poll(10)).isNotDone();
        room.loop.advance(HALF_A_MINUTE);

        room.publish("a");

        assertThat(reading.confirm(1)).isEqualTo(Instance.Settlement.NEVER_DELIVERED);
        assertThat(room.open().ids()).containsExactly("a");
    }

    @Test
    void yieldsToANewerPoll() {
        var older = poll(10);
        var newer = poll(10);

        assertThat(older.join()).isEmpty();
        room.publish("a");

        assertThat(Reading.idsOf(newer.join())).containsExactly("a");
    }

    @Test
    void endsWithItsInstance() {
        var poll = poll(10);

        reading.close();

        assertThat(poll.join()).isEmpty();
        assertThat(reading.poll(10)).isEmpty();
    }

    @Test
    void ofOnePassEndsAtOnceWhereNothingIsThere() {
        assertThat(reading.poll(10)).isEmpty();
        assertThat(room.loop.timers()).isZero();
    }

    @Test
    void ofOnePassWaitsForAReadThatIsUnderWay() {
        room.publish("a");
        room.engine.reads().shut();
        var poll = reading.instance.poll(10, 1 << 20, Duration.ZERO).toCompletableFuture();
        room.loop.run();
        assertThat(poll).isNotDone();

        room.engine.reads().open();
        room.loop.run();

        assertThat(Reading.idsOf(poll.join())).containsExactly("a");
    }

    @Test
    void deliversAgainWhatWasNotRead() {
        room.publish("a", "b", "c");
        assertThat(reading.poll(3)).containsExactly("a", "b", "c");

        reading.instance.unread(2);
        room.loop.run();

        assertThat(reading.confirm(2)).isEqualTo(Instance.Settlement.NEVER_DELIVERED);
        List<Delivery> again = room.now(reading.instance.poll(3, 1 << 20, Duration.ZERO));
        assertThat(Reading.idsOf(again)).containsExactly("b", "c");
        assertThat(again).extracting(Delivery::offset).containsExactly(2L, 3L);
    }

    @Test
    void doesNotCountWhatWasNotReadAsAnAttempt() {
        Opening once = new Opening("once", Room.opening("once").lanes(), null, null, 1, new Opening.Start.Earliest());
        Reading polling = room.openQuietly(once);
        room.publish("a");

        for (int i = 0; i < 3; i++) {
            assertThat(polling.poll(1)).containsExactly("a");
            polling.instance.unread(1);
        }

        assertThat(room.open(once).ids()).containsExactly("a");
    }

    @Test
    void confirmsAllThatWasDeliveredSoFar() {
        room.publish("a", "b", "c");
        reading.poll(2);

        assertThat(reading.confirm(Instance.ALL)).isEqualTo(Instance.Settlement.DONE);

        assertThat(room.cursor("~default").floor()).isEqualTo(2);
    }

    @Test
    void deliversNothingPushedToOneThatPolls() {
        room.publish("a");
        reading.poll(1);

        assertThat(reading.got).isEmpty();
    }

    @Test
    void endsAPollOfARevokedClientWithTheEndKnown() {
        List<Ending> known = new ArrayList<>();
        var poll = poll(1).thenAccept(_ -> known.add(reading.ending));

        room.change(Catalog.EMPTY);

        assertThat(poll).isDone();
        assertThat(known).containsExactly(Ending.REVOKED);
    }

    private CompletableFuture<List<Delivery>> poll(int max) {
        var poll = reading.instance.poll(max, 1 << 20, HALF_A_MINUTE).toCompletableFuture();
        room.loop.run();
        return poll;
    }

    /// It hung for ever: whoever completed the read asked for a turn in which nobody looked at the poll.
    @Test
    void answersAPollWithoutTimeoutOnceWhatIsReadForOthersIsThere() {
        Opening one = new Opening("~default", Set.of(Lane.EVENTS), 1, null, null, new Opening.Start.Earliest());
        Reading full = room.openQuietly(one);
        room.publish("a");
        assertThat(full.poll(1)).containsExactly("a");
        room.engine.reads().shut();
        Reading other = room.openQuietly(one);
        room.publish("b");
        var others = other.instance.poll(1, 1 << 20, Duration.ofSeconds(30)).toCompletableFuture();
        var poll = full.instance.poll(1, 1 << 20, Duration.ZERO).toCompletableFuture();
        room.loop.run();
        assertThat(poll).isNotDone();

        room.engine.reads().open();
        room.loop.run();

        assertThat(Reading.idsOf(others.join())).containsExactly("b");
        assertThat(poll).isCompletedWithValue(List.of());
    }
}
