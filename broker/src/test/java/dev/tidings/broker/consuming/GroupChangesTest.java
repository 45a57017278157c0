package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.consuming.Outlet.Ending;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupChangesTest {
    private static final String OWN = "~sub.1";
    private static final GroupName NAME = new GroupName(Room.READER, OWN);
    private static final List<StateChange> ROW = List.of(new StateChange.Put("t", "k", Bytes.utf8("v")));

    private final Room room = new Room();

    @Test
    void createAGroupThatOnlyTheBrokerGetsInto() {
        create(Set.of(Room.DONE));
        room.publish("a");

        assertThat(room.refusal(Room.opening(OWN)).code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(open().ids()).containsExactly("a");
    }

    @Test
    void createAGroupTogetherWithARowOrNeither() {
        room.engine.appends().shut();
        var created =
                room.consuming.groups().create(Room.READER, opening(null), ROW).toCompletableFuture();
        room.loop.run();
        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.loop.run();
        room.engine.appends().open();

        assertThat(created).isCompletedExceptionally();
        assertThat(room.engine.states().rows("t")).isEmpty();
        assertThat(refusal().code()).isEqualTo(ErrorCode.NOT_FOUND);

        create(null);
        assertThat(room.engine.states().rows("t")).isNotEmpty();
    }

    @Test
    void keepACreatedGroupAcrossACrashThoughNobodyWasInIt() {
        create(null);
        room.publish("a");

        room.crash();

        assertThat(open().ids()).containsExactly("a");
    }

    @Test
    void countNoneOfTheBrokersOwnAmongWhatAClientMayHave() {
        room.grant(Map.of(Room.DONE, Room.everything()), new Quotas(null, null, 1, 1, null, null));
        create(null);
        open();

        room.open(Room.opening("mine"));

        assertThat(room.refusal(Room.opening("mine")).code()).isEqualTo(ErrorCode.OVER_QUOTA);
        open();
    }

    @Test
    void beginWithATypeThatIsAddedWhenItIsAdded() {
        create(Set.of(Room.DONE));
        Reading reading = open();
        room.publish(Room.UNDONE, null, "before");
        room.clock.advance(Duration.ofMinutes(1));

        change(Set.of(Room.DONE, Room.UNDONE));
        room.publish(Room.UNDONE, null, "after");

        assertThat(reading.ids()).containsExactly("after");
        room.crash();
        assertThat(open().ids()).containsExactly("after");
    }

    @Test
    void beginWithEveryTypeWhenAllAreWantedInsteadOfSome() {
        create(Set.of(Room.DONE));
        room.publish(Room.UNDONE, null, "before");
        room.clock.advance(Duration.ofMinutes(1));

        change(null);
        room.publish(Room.UNDONE, null, "after");

        assertThat(open().ids()).containsExactly("after");
    }

    @Test
    void deliverNoMoreOfATypeThatIsTakenAway() {
        create(null);
        Reading reading = open();
        room.publish(Room.UNDONE, null, "before");

        change(Set.of(Room.DONE));
        room.publish(Room.UNDONE, null, "after");
        room.publish(Room.DONE, null, "other");

        assertThat(reading.ids()).containsExactly("before", "other");
        room.crash();
        assertThat(open().ids()).containsExactly("other");
    }

    @Test
    void deliverNothingThatWasTakenAwayWhileTheChangeWasStored() {
        create(null);
        Reading reading = open();
        room.engine.appends().shut();
        var changed = room.consuming.groups().change(Room.READER, opening(Set.of(Room.DONE, Room.UNDONE)), List.of());
        room.loop.run();

        room.grant(Map.of(Room.UNDONE, Room.everything()));
        room.engine.appends().open();
        room.now(changed);
        room.publish(Room.DONE, null, "a");
        room.publish(Room.UNDONE, null, "b");

        assertThat(reading.ids()).containsExactly("b");
    }

    @Test
    void changeAGroupThatNobodyIsIn() {
        create(Set.of(Room.DONE));
        change(Set.of(Room.UNDONE));
        room.crash();

        room.publish(Room.DONE, null, "a");
        room.publish(Room.UNDONE, null, "b");

        assertThat(open().ids()).containsExactly("b");
    }

    @Test
    void deleteAGroupWithItsCursorsAndEndWhoIsInIt() {
        create(null);
        Reading reading = open();
        room.publish("a");
        reading.confirm(1);

        room.now(room.consuming.groups().delete(NAME, List.of(new StateChange.Remove("t", "k"))));

        assertThat(reading.ending).isEqualTo(Ending.REVOKED);
        assertThat(room.engine.groups().cursors(NAME)).isEmpty();
        assertThat(room.engine.states().rows("t")).isEmpty();
        assertThat(room.engine.states().rows("groups")).isEmpty();
        assertThat(room.engine.states().rows("group-coverage")).isEmpty();
        assertThat(refusal().code()).isEqualTo(ErrorCode.NOT_FOUND);
        room.crash();
        assertThat(refusal().code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void letNobodyIntoAGroupThatIsBeingDeleted() {
        create(null);
        open();
        room.engine.appends().shut();
        var deleted = room.consuming.groups().delete(NAME, List.of()).toCompletableFuture();
        room.loop.run();

        assertThat(refusal().code()).isEqualTo(ErrorCode.STATE_CONFLICT);

        room.engine.appends().open();
        room.loop.run();
        assertThat(deleted).isCompleted();
    }

    @Test
    void keepAGroupThatCouldNotBeDeleted() {
        create(null);
        room.publish("a");
        room.engine.appends().shut();
        var deleted = room.consuming.groups().delete(NAME, List.of()).toCompletableFuture();
        room.loop.run();
        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.loop.run();
        room.engine.appends().open();

        assertThat(deleted).isCompletedExceptionally();
        assertThat(open().ids()).containsExactly("a");
    }

    @Test
    void passOverTheDeletionOfAGroupThatIsNotThere() {
        room.now(room.consuming.groups().delete(NAME, List.of()));

        assertThat(room.engine.groups().known()).isEmpty();
    }

    @Test
    void deleteAClientsGroupOnlyWhenNobodyIsInIt() {
        Reading reading = room.open(Room.opening("mine"));
        room.publish("a");

        assertThat(deleteUnused("mine").map(Refusal::code)).contains(ErrorCode.STATE_CONFLICT);
        reading.close();
        assertThat(deleteUnused("mine")).isEmpty();
        assertThat(deleteUnused("mine").map(Refusal::code)).contains(ErrorCode.NOT_FOUND);

        assertThat(room.now(room.consuming.groups().of(Room.READER))).isEmpty();
        assertThat(room.open(Room.opening("mine")).ids()).containsExactly("a");
    }

    /// A group that stays when its client leaves would keep events for ever.
    @Test
    void letGoOfWhatAClientHadNotConsumedThatHasLeft() {
        room.publish("a");
        room.open(Room.opening("mine")).close();
        room.engine.log().retain(untilConsumed());
        room.change(new Catalog(99, room.current().types(), new TreeMap<>()));
        assertThat(kept()).isOne();

        assertThat(room.now(room.consuming.groups().of(Room.READER))).hasSize(1);
        assertThat(deleteUnused("mine")).isEmpty();

        assertThat(kept()).isZero();
        assertThat(room.now(room.consuming.groups().of(new ClientName("nobody"))))
                .isEmpty();
    }

    private static RetentionRules untilConsumed() {
        return new RetentionRules(new RetentionRules.Rule(Duration.ofDays(1), null, null, true), Map.of(), Map.of());
    }

    private long kept() {
        room.clock.advance(Duration.ofDays(2));
        room.engine.log().sweep();
        var extent = room.engine.log().extent(Partition.only(Room.STREAM));
        return extent.next() - extent.first();
    }

    @Test
    void tellAClientNothingOfTheBrokersOwnGroups() {
        create(null);
        room.open(Room.opening("mine"));

        assertThat(deleteUnused(OWN).map(Refusal::code)).contains(ErrorCode.NOT_FOUND);
        assertThat(room.now(room.consuming.groups().of(Room.READER)))
                .extracting(status -> status.group().name())
                .containsExactly("mine");
    }

    private Optional<Refusal> deleteUnused(String name) {
        return room.now(room.consuming.groups().deleteUnused(new GroupName(Room.READER, name)));
    }

    private void create(@Nullable Set<EventType> types) {
        room.now(room.consuming.groups().create(Room.READER, opening(types), ROW));
    }

    private void change(@Nullable Set<EventType> types) {
        room.now(room.consuming.groups().change(Room.READER, opening(types), List.of()));
    }

    private static Opening opening(@Nullable Set<EventType> types) {
        return new Opening(OWN, Set.of(Lane.EVENTS), null, types, null, new Opening.Start.Latest());
    }

    private Reading open() {
        Reading reading = new Reading(room);
        Opened opened = room.now(room.consuming.own().open(new Caller(Room.READER), opening(null), reading));
        reading.instance = ((Opened.Open) opened).instance();
        reading.wantAll();
        return reading;
    }

    private Refusal refusal() {
        Opened opened = room.now(room.consuming.own().open(new Caller(Room.READER), opening(null), new Reading(room)));
        return ((Opened.Refused) opened).refusal();
    }
}
