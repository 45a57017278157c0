package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.ClientEntry.Grant;
import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.broker.consuming.Outlet.Ending;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Caller;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private final Room room = new Room();

    @Test
    void startAtTheOldestEventByDefault() {
        room.publish("a");

        assertThat(room.open().ids()).containsExactly("a");
    }

    @Test
    void startBehindWhatThereIsWhereAskedTo() {
        room.publish("a");

        Reading reading = room.open(starting(new Opening.Start.Latest()));
        room.publish("b");

        assertThat(reading.ids()).containsExactly("b");
    }

    @Test
    void startAtATimeWhereAskedTo() {
        room.publish("a");
        room.clock.advance(Duration.ofMinutes(1));
        Instant time = room.clock.instant();
        room.publish("b");

        assertThat(room.open(starting(new Opening.Start.At(time))).ids()).containsExactly("b");
    }

    @Test
    void keepWhereTheyStartAcrossACrash() {
        room.publish("a");
        room.openQuietly(starting(new Opening.Start.Latest()));
        room.publish("b");

        room.crash();

        assertThat(room.open(starting(new Opening.Start.Earliest())).ids()).containsExactly("b");
    }

    @Test
    void startInAStreamTheyMeetLaterWhereTheyWereToStart() {
        room.publish(Room.ELSE, null, "before");
        room.clock.advance(Duration.ofMinutes(1));
        Reading reading = room.open(starting(new Opening.Start.Latest()));
        room.clock.advance(Duration.ofMinutes(1));
        room.publish(Room.ELSE, null, "after");

        room.grant(Map.of(Room.DONE, Room.everything(), Room.ELSE, Room.everything()));

        assertThat(reading.ids()).containsExactly("after");
    }

    @Test
    void areNotOpenBeforeTheyAreStored() {
        room.engine.appends().shut();

        var opened = room.consuming
                .open(new Caller(Room.READER), Room.opening("new"), new Reading(room))
                .toCompletableFuture();
        room.loop.run();

        assertThat(opened).isNotDone();
        room.engine.appends().open();
        room.loop.run();
        assertThat(opened.join()).isInstanceOf(Opened.Open.class);
    }

    @Test
    void areNotOpenedWhereTheyCantBeStored() {
        room.engine.appends().shut();
        var opened = room.consuming
                .open(new Caller(Room.READER), Room.opening("new"), new Reading(room))
                .toCompletableFuture();
        room.loop.run();

        room.engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));
        room.loop.run();

        assertThat(opened).isCompletedExceptionally();
        room.engine.appends().open();
        assertThat(room.open(Room.opening("new")).ids()).isEmpty();
    }

    @Test
    void refuseOtherSettingsThanTheyHave() {
        room.open(of(Set.of(Room.DONE), 3)).close();

        assertThat(room.refusal(of(Set.of(Room.UNDONE), 3)).code()).isEqualTo(ErrorCode.GROUP_CONFLICT);
        assertThat(room.refusal(of(Set.of(Room.DONE), 4)).code()).isEqualTo(ErrorCode.GROUP_CONFLICT);
        room.crash();
        assertThat(room.refusal(of(Set.of(Room.UNDONE), 3)).code()).isEqualTo(ErrorCode.GROUP_CONFLICT);
        room.open(of(Set.of(Room.DONE), 3));
        room.open(of(null, null));
    }

    @Test
    void readOnlyTheTypesTheyWereCreatedFor() {
        Reading reading = room.open(of(Set.of(Room.UNDONE), null));

        room.publish(Room.DONE, null, "a");
        room.publish(Room.UNDONE, null, "b");

        assertThat(reading.ids()).containsExactly("b");
    }

    @Test
    void areRefusedToWhoIsNoConsumerOrLacksTheType() {
        assertThat(room.refusal(of(Set.of(Room.ELSE), null)).code()).isEqualTo(ErrorCode.NOT_ALLOWED);

        room.change(Catalog.EMPTY);

        assertThat(room.refusal(Room.opening("any")).code()).isEqualTo(ErrorCode.NOT_ALLOWED);
    }

    @Test
    void areRefusedBeyondTheQuota() {
        room.grant(Map.of(Room.DONE, Room.everything()), new Quotas(null, null, 2, 1, null, null));
        room.open(Room.opening("one"));

        assertThat(room.refusal(Room.opening("two")).code()).isEqualTo(ErrorCode.OVER_QUOTA);
        Reading second = room.open(Room.opening("one"));
        assertThat(room.refusal(Room.opening("one")).code()).isEqualTo(ErrorCode.OVER_QUOTA);
        second.close();
        room.open(Room.opening("one"));
    }

    @Test
    void areRefusedToOpeningsThatMakeNoSense() {
        assertThat(room.refusal(Room.opening("~own")).code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(room.refusal(Room.opening(new Lane[0])).code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(room.refusal(of(null, 0)).code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(room.refusal(of(Set.of(), null)).code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(room.refusal(window(0)).code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(room.refusal(window(100_001)).code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
    }

    @Test
    void endWhenTheirClientIsRevoked() {
        Reading reading = room.open();

        room.change(Catalog.EMPTY);
        room.publish("a");

        assertThat(reading.ending).isEqualTo(Ending.REVOKED);
        assertThat(reading.ids()).isEmpty();
        assertThat(reading.confirm(0)).isEqualTo(Instance.Settlement.ENDED);
    }

    @Test
    void areNotOpenedForAClientThatWasRevokedMeanwhile() {
        room.engine.appends().shut();
        var opened = room.consuming
                .open(new Caller(Room.READER), Room.opening("new"), new Reading(room))
                .toCompletableFuture();
        room.loop.run();

        room.change(Catalog.EMPTY);
        room.engine.appends().open();
        room.loop.run();

        assertThat(opened.join()).isInstanceOf(Opened.Refused.class);
    }

    @Test
    void loseATypeAtOnce() {
        Reading reading = room.openQuietly(Room.opening("~default"));
        room.publish(Room.DONE, null, "a");
        room.publish(Room.UNDONE, null, "b");
        room.publish(Room.DONE, null, "c");

        room.grant(Map.of(Room.UNDONE, Room.everything()));
        reading.wantAll();

        assertThat(reading.ids()).containsExactly("b");
        assertThat(reading.ending).isNull();
    }

    @Test
    void endWhenTheyHaveNothingLeftToRead() {
        Reading reading = room.open(of(Set.of(Room.UNDONE), null));

        room.grant(Map.of(Room.DONE, Room.everything()));

        assertThat(reading.ending).isEqualTo(Ending.REVOKED);
    }

    @Test
    void hideWhatWasAcceptedBeforeTheGrant() {
        room.publish("before");
        room.clock.advance(Duration.ofMinutes(1));
        room.grant(Map.of(Room.DONE, new Grant(false, room.clock.instant())));
        room.publish("after");

        assertThat(room.open().ids()).containsExactly("after");
    }

    @Test
    void findWhatWasAcceptedBetweenAGrantAndTheirHearingOfIt() {
        room.grant(Map.of(Room.DONE, Room.everything()));
        Reading reading = room.open();
        Instant granted = room.clock.instant().plusSeconds(1);
        room.clock.set(granted.minusMillis(1));
        room.publish(Room.UNDONE, null, "before");
        room.clock.set(granted);
        room.publish(Room.UNDONE, null, "between");
        room.publish(Room.DONE, null, "a");
        reading.confirm(1);

        room.grant(Map.of(Room.DONE, Room.everything(), Room.UNDONE, new Grant(false, granted)));
        room.publish(Room.UNDONE, null, "after");

        assertThat(reading.ids()).containsExactly("a", "between", "after");
    }

    @Test
    void jumpOverWhatRetentionRemoved() {
        room.publish("a", "b");
        room.open().close();
        room.clock.advance(Duration.ofDays(6));
        room.engine.log().retain(RetentionRules.DEFAULT);
        room.engine.log().sweep();
        room.publish("c");

        assertThat(room.open().ids()).containsExactly("c");
    }

    private static Opening starting(Opening.Start start) {
        return new Opening("~default", Set.of(Lane.EVENTS), null, null, null, start);
    }

    private static Opening of(Set<EventType> types, Integer maxDeliveries) {
        return new Opening("some", Set.of(Lane.EVENTS), null, types, maxDeliveries, new Opening.Start.Earliest());
    }

    private static Opening window(int inflight) {
        return new Opening("some", Set.of(Lane.EVENTS), inflight, null, null, new Opening.Start.Earliest());
    }
}
