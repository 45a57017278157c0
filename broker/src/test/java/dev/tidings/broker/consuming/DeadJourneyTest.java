package dev.tidings.broker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dead.DeadConfig;
import dev.tidings.broker.dead.DeadEvent;
import dev.tidings.broker.dead.DeadEvents;
import dev.tidings.broker.dead.DeadFilter;
import dev.tidings.broker.dead.DeadId;
import dev.tidings.broker.dead.DeadOutcome;
import dev.tidings.broker.dead.DeadReason;
import dev.tidings.broker.dead.Resubmission;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.broker.groups.GroupRegistry;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.Lane;
import dev.tidings.model.Submission;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// A dead event from its report to its end, with consumers and an administrator at work on it.
class DeadJourneyTest {
    private static final DeadId FIRST = new DeadId(Room.READER, 0);

    private final Room room = new Room();

    @Test
    void goesFromTheReportToTheListAndBackToItsGroupAlone() {
        room.publish("a", "b");
        Reading one = room.open(Room.opening("one"));
        Reading other = room.open(Room.opening("other"));
        one.dead(1, "a");
        one.ids();
        other.ids();

        DeadEvent listed = list().getFirst();
        assertThat(listed.envelope().report().group().name()).isEqualTo("one");
        assertThat(listed.envelope().report().reason()).isEqualTo(DeadReason.REPORTED);
        assertThat(listed.envelope().delivered().toUtf8()).contains("mended");
        assertThat(resubmit(edited("a2"), Target.GROUP)).isEqualTo(new DeadOutcome.Done());

        assertThat(one.ids()).containsExactly("a2");
        assertThat(other.ids()).isEmpty();
        assertThat(list()).isEmpty();
    }

    @Test
    void goesBackToEverybodyWhoReadsTheStream() {
        room.publish("a");
        Reading one = room.open(Room.opening("one"));
        Reading other = room.open(Room.opening("other"));
        one.dead(1, "a");
        one.ids();
        other.ids();

        resubmit(edited("a"), Target.STREAM);

        assertThat(one.ids()).containsExactly("a");
        assertThat(other.ids()).containsExactly("a");
    }

    @Test
    void isDiscardedForConsumersOfTheDeadLaneToo() {
        room.publish("a");
        room.open().dead(1, "a");

        assertThat(room.now(dead().discard(FIRST))).isEqualTo(new DeadOutcome.Done());

        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).isEmpty();
    }

    @Test
    void isGoneForTheAdministratorOnceAConsumerConfirmedIt() {
        room.publish("a");
        room.open().dead(1, "a");
        Reading undertaker = room.open(Room.opening(Lane.DEAD));
        assertThat(undertaker.ids()).containsExactly("a");
        undertaker.confirm(1);

        assertThat(resubmit(edited("a"), Target.STREAM))
                .isInstanceOfSatisfying(
                        DeadOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.STATE_CONFLICT));
        assertThat(list()).isEmpty();
    }

    @Test
    void staysSettledAcrossARestart() {
        room.publish("a", "b");
        Reading one = room.open();
        one.dead(1, "a");
        one.dead(2, "b");
        room.now(dead().discard(FIRST));

        room.crash();

        assertThat(list()).extracting(DeadEvent::id).containsExactly(new DeadId(Room.READER, 1));
        assertThat(room.open(Room.opening(Lane.DEAD)).ids()).containsExactly("b");
    }

    private DeadEvents dead() {
        return new DeadEvents(
                new DeadEvents.Parts(
                        room.engine,
                        room,
                        room.consuming,
                        new GroupRegistry(room.engine.states()),
                        _ -> CompletableFuture.completedStage(Optional.empty())),
                DeadConfig.DEFAULT);
    }

    private List<DeadEvent> list() {
        return room.now(dead().list(DeadFilter.ALL, null, 100)).events();
    }

    private DeadOutcome resubmit(Content content, Target target) {
        return room.now(dead().resubmit(FIRST, new Resubmission(content, target)));
    }

    private static Content edited(String id) {
        String json = "{\"id\":\"%s\",\"source\":\"/test\",\"type\":\"%s\"}".formatted(id, Room.DONE);
        Event event = new Event(id, "/test", Room.DONE, null, null, new Event.Data.None(), Bytes.utf8(json));
        return new Content.Edited(new Submission(List.of(event), List.of()));
    }
}
