package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.broker.catalog.TypeEntry;
import dev.tidings.broker.pressure.TypeLoad;
import dev.tidings.engine.RetentionRules;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Types of which the catalog says how fast they may be delivered, and instances that ask for less than there is.
class ThrottlingTest {
    private final Room room = new Room();

    @Test
    void deliversATypeToAllGroupsTogetherNoFasterThanTheCatalogSays() {
        limit(Room.DONE, 20, null);
        Reading one = room.open(Room.opening("one"));
        Reading other = room.open(Room.opening("other"));
        publishMany(500);

        room.loop.advance(Duration.ofSeconds(5));

        int oneGot = one.ids().size();
        int otherGot = other.ids().size();
        assertThat(oneGot + otherGot).isBetween(99, 103);
        assertThat(oneGot).isBetween(48, 53);
    }

    @Test
    void deliversOtherTypesMeanwhile() {
        limit(Room.DONE, 1, null);
        Reading reading = room.open();

        publishMany(50);
        room.publish(Room.UNDONE, null, "other");

        assertThat(reading.ids()).containsExactly("e0", "other");
    }

    @Test
    void keepsTheOrderOfAKeyAcrossAThrottledType() {
        limit(Room.DONE, 1, null);
        Reading reading = room.open();
        room.publish("first");

        room.publish(Room.DONE, "k", "k1");
        room.publish(Room.UNDONE, "k", "k2");
        room.publish(Room.UNDONE, "free", "f1");

        assertThat(reading.ids()).containsExactly("first", "f1");
        room.loop.advance(Duration.ofSeconds(1));
        assertThat(reading.ids()).containsExactly("k1", "k2");
    }

    @Test
    void hasNoMoreUnconfirmedThanTheCatalogSays() {
        limit(Room.DONE, null, 3);
        Reading one = room.open(Room.opening("one"));
        publishMany(10);

        assertThat(one.ids()).containsExactly("e0", "e1", "e2");
        one.confirm(2);
        assertThat(one.ids()).containsExactly("e3", "e4");
        assertThat(load().held()).isEqualTo(3);

        one.close();

        assertThat(load().held()).isZero();
        Reading next = room.open(Room.opening("one"));
        assertThat(next.ids()).containsExactly("e2", "e3", "e4");
    }

    @Test
    void givesBackWhatPollsDidNotReachOrWasReportedDead() {
        limit(Room.DONE, null, 2);
        Reading reading = room.openQuietly(Room.opening("~default"));
        publishMany(4);

        assertThat(reading.poll(10)).containsExactly("e0", "e1");
        assertThat(reading.poll(10)).isEmpty();
        reading.instance.unread(2);
        room.loop.run();
        assertThat(load().held()).isEqualTo(1);
        reading.dead(1, "e0");
        assertThat(load().held()).isZero();
        assertThat(reading.poll(10)).containsExactly("e1", "e2");
    }

    @Test
    void startsSlowlyWhereAGroupCatchesUp() {
        limit(Room.DONE, 160, null);
        publishMany(5_000);
        room.loop.advance(Duration.ofMinutes(10));
        Reading late = room.open();
        late.ids();

        room.loop.advance(Duration.ofSeconds(1));
        late.confirm(late.got.size());

        assertThat(late.ids().size()).isBetween(9, 12);
    }

    @Test
    void catchesUpSlowlyAgainAfterACrash() {
        limit(Room.DONE, 160, null);
        publishMany(5_000);
        room.loop.advance(Duration.ofMinutes(10));
        room.crash();
        Reading late = room.open();

        room.loop.advance(Duration.ofSeconds(1));

        assertThat(late.ids().size()).isBetween(10, 13);
        assertThat(load().held()).isBetween(10, 13);
    }

    @Test
    void takesChangedLimitsAtOnce() {
        limit(Room.DONE, null, 1);
        Reading reading = room.open();
        publishMany(100);
        assertThat(reading.ids()).hasSize(1);

        limit(Room.DONE, null, 5);
        assertThat(reading.ids()).hasSize(4);

        limit(Room.DONE, null, 2);
        reading.confirm(4);
        assertThat(reading.ids()).hasSize(1);

        change(Map.of());
        assertThat(reading.ids()).hasSize(94);

        limit(Room.DONE, null, 96);
        room.publish("more");
        assertThat(reading.ids()).isEmpty();
        assertThat(load().held()).isEqualTo(96);
        reading.confirm(5);
        assertThat(reading.ids()).containsExactly("more");
    }

    @Test
    void saysByWhatAGroupIsHeldBackAndByHowMuch() {
        limit(Room.DONE, 1, 7);
        room.open();
        publishMany(18);

        var throttled = room.now(room.consuming.throttled(Room.READER));

        assertThat(throttled.get(new GroupName(Room.READER, "~default")))
                .singleElement()
                .hasToString("throttled by type Org.Sys.Thing.Done: 0/s of 1/s used, 1 of 7 unconfirmed, 17 waiting");
        GroupStatus status = room.now(room.consuming.statuses()).getFirst();
        assertThat(status.throttled()).hasSize(1);
        assertThat(status.waiting()).isEqualTo(17);
        assertThat(status.blocked()).isNull();
    }

    @Test
    void saysFirstWhatHoldsBackMostAndNothingOfWhatHoldsBackNone() {
        change(Map.of(Room.DONE, new DeliveryLimits(1, null), Room.UNDONE, new DeliveryLimits(1, null)));
        Reading reading = room.open();
        publishMany(3);
        IntStream.range(0, 5).forEach(i -> room.append(Room.UNDONE, "u" + i));
        room.loop.run();
        assertThat(waiting()).containsExactly("Org.Sys.Thing.Undone 4", "Org.Sys.Thing.Done 2");

        room.loop.advance(Duration.ofSeconds(2));

        assertThat(reading.ids()).contains("e2");
        assertThat(waiting()).containsExactly("Org.Sys.Thing.Undone 2");
    }

    private List<String> waiting() {
        return room.now(room.consuming.throttled(Room.READER)).get(new GroupName(Room.READER, "~default")).stream()
                .map(throttled -> throttled.load().type() + " " + throttled.waiting())
                .toList();
    }

    @Test
    void givesBackToTheRateOfAnInstanceWhatAPollDidNotReach() {
        Reading slow = room.openQuietly(withRate(20));
        publishMany(100);
        assertThat(slow.poll(50)).containsExactly("e0", "e1");

        slow.instance.unread(1);
        room.loop.advance(Duration.ofMillis(50));

        assertThat(slow.poll(50)).containsExactly("e0", "e1");
    }

    @Test
    void givesAnInstanceNoMoreInASecondThanItAskedFor() {
        Reading slow = room.open(withRate(20));
        publishMany(500);

        room.loop.advance(Duration.ofSeconds(5));

        assertThat(slow.ids().size()).isBetween(100, 103);
        assertThat(load(Room.DONE)).isEmpty();
    }

    @Test
    void givesToOthersWhatAnInstanceDoesNotWantFaster() {
        Reading slow = room.open(withRate(1));
        Reading quick = room.open();

        publishMany(100);

        assertThat(slow.ids()).hasSize(1);
        assertThat(quick.ids()).hasSize(99);
    }

    @Test
    void answersPollsAtTheRateThatTheInstanceAskedFor() {
        Reading slow = room.openQuietly(withRate(20));
        publishMany(100);

        assertThat(slow.poll(50)).hasSize(2);
        assertThat(slow.poll(50)).isEmpty();
        room.loop.advance(Duration.ofMillis(50));
        assertThat(slow.poll(50)).hasSize(1);
    }

    private void limit(EventType type, Integer rate, Integer concurrency) {
        change(Map.of(type, new DeliveryLimits(rate, concurrency)));
    }

    private void change(Map<EventType, DeliveryLimits> limits) {
        Catalog now = room.current();
        TreeMap<EventType, TypeEntry> types = new TreeMap<>();
        limits.forEach((type, limit) -> types.put(
                type, new TypeEntry(type, "", null, RetentionRules.FIVE_DAYS, null, Duration.ofDays(1), limit)));
        room.change(new Catalog(now.version() + 1, types, now.clients()));
    }

    private void publishMany(int count) {
        IntStream.range(0, count).forEach(i -> room.append(Room.DONE, "e" + i));
        room.loop.run();
    }

    private TypeLoad load() {
        return load(Room.DONE).getFirst();
    }

    private List<TypeLoad> load(EventType type) {
        return room.consuming.loads().stream()
                .filter(load -> load.type().equals(type))
                .toList();
    }

    private static Opening withRate(int maxRate) {
        return new Opening(
                "~default",
                Set.of(Lane.EVENTS),
                null,
                null,
                null,
                new Opening.Start.Earliest(),
                Opening.Patience.NONE,
                maxRate);
    }
}
