package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.CatalogRead;
import dev.tidings.broker.catalog.CatalogRetention;
import dev.tidings.broker.catalog.CatalogText;
import dev.tidings.broker.groups.QueueProgress;
import dev.tidings.engine.Partition;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Types whose events go to one consumer each, and are gone then.
class QueueTest {
    private static final String BOTH = "Org.Sys.Thing.Done, Org.Sys.Thing.Undone";

    private final Room room = new Room();

    @BeforeEach
    void makeDoneAQueue() {
        room.change(catalog("true", BOTH));
        follow();
    }

    @Test
    void goesToTheGroupOfTheQueueAlone() {
        Reading other = room.open(Room.opening("other"));
        Reading queue = room.open();

        room.publish(Room.DONE, null, "a");
        room.publish(Room.UNDONE, null, "b");

        assertThat(other.ids()).containsExactly("b");
        assertThat(queue.ids()).containsExactly("a", "b");
    }

    @Test
    void givesEachEventToOneOfTheInstancesThatCompete() {
        Reading one = room.open();
        Reading two = room.open();

        room.publish("a", "b", "c", "d");

        assertThat(one.got).hasSize(2);
        assertThat(two.got).hasSize(2);
    }

    @Test
    void removesWhatIsConfirmedHoweverNewItIs() {
        room.publish("a", "b", "c");
        Reading reading = room.open();

        reading.confirm(2);
        assertThat(left()).isOne();

        reading.confirm(3);
        assertThat(left()).isZero();
    }

    @Test
    void keepsWhatIsNotConfirmedHoweverOldItIs() {
        room.publish("a");
        room.clock.advance(Duration.ofDays(90));
        assertThat(left()).as("no group is there yet").isOne();

        Reading reading = room.open();
        assertThat(reading.ids()).containsExactly("a");
        assertThat(left()).as("it is in flight").isOne();
    }

    @Test
    void keepsWhatWasReleased() {
        room.publish("a", "b");
        Reading reading = room.open();
        room.now(reading.instance.singly().release(1, Duration.ofDays(6)));
        reading.confirm(2);
        reading.close();

        room.loop.advance(Duration.ofDays(6));

        assertThat(left()).isEqualTo(2);
        assertThat(room.open().ids()).containsExactly("a");
    }

    @Test
    void removesWhatIsDead() {
        room.publish("a");
        Reading reading = room.open();

        reading.dead(1, "a");

        assertThat(left()).isZero();
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("a");
    }

    @Test
    void keepsForOthersWhatIsNoQueueBesideIt() {
        room.publish(Room.UNDONE, null, "a");
        room.publish(Room.DONE, null, "b");
        Reading reading = room.open();
        reading.confirm(2);

        assertThat(left()).isEqualTo(2);
        assertThat(room.open(Room.opening("other")).ids()).containsExactly("a");
    }

    @Test
    void refusesAnotherGroupThatAsksForIt() {
        assertThat(room.refusal(subset("other", Room.DONE, Room.UNDONE))).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.GROUP_CONFLICT);
            assertThat(refusal.detail()).contains("Org.Sys.Thing.Done is a queue", "the group ~default alone");
        });
    }

    @Test
    void refusesTheGroupOfAQueueThatLeavesItOut() {
        assertThat(room.refusal(subset("~default", Room.UNDONE))).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.GROUP_CONFLICT);
            assertThat(refusal.detail()).contains("the queues Org.Sys.Thing.Done");
        });
    }

    @Test
    void isReadByItsGroupAlsoWhereThatHadASubsetBefore() {
        room.change(catalog("false", BOTH));
        Reading reading = room.open(subset("~default", Room.UNDONE));
        room.publish("a");
        assertThat(reading.ids()).isEmpty();

        room.change(catalog("true", BOTH));
        room.publish("b");

        assertThat(reading.ids()).contains("b");
        reading.close();
        assertThat(left()).isPositive();
    }

    @Test
    void keepsWhatPassedByUntilItIsReadLate() {
        room.change(catalog("true", "Org.Sys.Thing.Undone"));
        room.publish("a");
        room.publish(Room.UNDONE, null, "b");
        Reading reading = room.open();
        reading.confirm(1);
        assertThat(room.cursor("~default").floor()).isEqualTo(2);
        assertThat(left()).as("nobody consumes it yet").isEqualTo(2);

        room.change(catalog("true", BOTH));
        assertThat(left()).as("it is granted, and comes late").isEqualTo(2);

        assertThat(reading.ids()).containsExactly("b", "a");
        assertThat(left()).isEqualTo(2);
        reading.confirm(2);
        assertThat(left()).as("what is beside it is no queue").isOne();
    }

    @Test
    void isForEverybodyAgainOnceItIsNoQueueAnyMore() {
        room.publish("a");
        Reading other = room.open(Room.opening("other"));
        assertThat(other.ids()).isEmpty();

        room.change(catalog("false", BOTH));

        assertThat(other.ids()).containsExactly("a");
        assertThat(left()).isOne();
        room.clock.advance(Duration.ofDays(6));
        assertThat(left()).as("it goes by age, as others do").isZero();
    }

    @Test
    void endsInstancesThatHaveNothingElseToRead() {
        room.change(catalog("false", "Org.Sys.Thing.Done"));
        Reading other = room.open(Room.opening("other"));

        room.change(catalog("true", "Org.Sys.Thing.Done"));

        assertThat(other.ending).isEqualTo(Outlet.Ending.REVOKED);
    }

    @Test
    void survivesACrashWithWhatIsNotConfirmed() {
        room.publish("a", "b");
        Reading reading = room.open();
        reading.confirm(1);
        left();

        room.crash();
        follow();

        assertThat(left()).isOne();
        assertThat(room.open().ids()).containsExactly("b");
    }

    private void follow() {
        new CatalogRetention(
                        room.engine.log(),
                        Duration.ofHours(1),
                        Duration.ofDays(30),
                        new QueueProgress(room.engine, room))
                .follow(room);
    }

    /// How many events are there once the store has looked what may go.
    private long left() {
        room.loop.run();
        room.engine.log().sweep();
        var extent = room.engine.log().extent(Partition.only(Room.STREAM));
        return extent.next() - extent.first();
    }

    private static Opening subset(String group, EventType... types) {
        return new Opening(group, Set.of(Lane.EVENTS), null, Set.of(types), null, new Opening.Start.Earliest());
    }

    private static Catalog catalog(String queue, String granted) {
        String text = """
                types: { Org.Sys.Thing.Done: { queue: %s }, Org.Sys.Thing.Undone: {} }
                clients: { reader: { consumes: { types: [%s] } } }
                """.formatted(queue, granted);
        if (CatalogText.read(text, _ -> Optional.empty()) instanceof CatalogRead.Read(Catalog catalog, List<?> _)) {
            return catalog;
        }
        throw new AssertionError("no catalog: " + text);
    }
}
