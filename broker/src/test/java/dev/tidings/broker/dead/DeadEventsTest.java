package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.dead.DeadOutcome.Done;
import dev.tidings.broker.dead.DeadOutcome.Refused;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.model.Refusal;
import dev.tidings.model.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DeadEventsTest extends DeadFixture {
    private static final GroupName SLOW = new GroupName(CLINIC, "slow");

    @Test
    void findsOneUntilItIsSettled() {
        report(CLINIC, PAID, "a");
        DeadId id = new DeadId(CLINIC, 0);

        assertThat(now(dead.find(id)).orElseThrow().envelope().original().json().toUtf8())
                .contains("\"id\":\"a\"");
        now(dead.discard(id));

        assertThat(now(dead.find(id))).isEmpty();
        assertThat(now(dead.find(new DeadId(CLINIC, 1)))).isEmpty();
        assertThat(now(dead.find(new DeadId(BANK, 0)))).isEmpty();
        assertThat(list(DeadFilter.ALL)).isEmpty();
    }

    @Test
    void discardsOnce() {
        report(CLINIC, PAID, "a");
        report(CLINIC, PAID, "b");

        assertThat(now(dead.discard(new DeadId(CLINIC, 0)))).isEqualTo(new Done());
        assertThat(code(now(dead.discard(new DeadId(CLINIC, 0))))).isEqualTo(ErrorCode.STATE_CONFLICT);
        assertThat(code(now(dead.discard(new DeadId(CLINIC, 7))))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~1");
    }

    @Test
    void resubmitsTheOriginalToItsStreamAsAFreshEntry() {
        engine.log().append(Batch.ofEntries(List.of(new Batch.Entry(SHOP, event(PAID, "a"), Duration.ofDays(1)))));
        report(CLINIC, PAID, "a");

        assertThat(now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM))))
                .isEqualTo(new Done());

        assertThat(in(SHOP)).hasSize(2);
        assertThat(in(SHOP).get(1).json()).isEqualTo(in(SHOP).get(0).json());
        assertThat(in(SHOP).get(1).keyHash()).isEqualTo(in(SHOP).get(0).keyHash());
        assertThat(list(DeadFilter.ALL)).isEmpty();
        assertThat(judged).hasSize(1);
    }

    @Test
    void resubmitsWhatWasReportedToTheGroupAlone() {
        Bytes reported = event(PAID, "mended").json();
        create(SLOW);
        store(envelope(SLOW, DeadReason.REPORTED, original(PAID, "a"), reported));

        now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Reported(), Target.GROUP)));

        assertThat(in(LaneStreams.resubmitted(SLOW)).stream().map(StoredEvent::json))
                .containsExactly(reported);
        assertThat(in(SHOP)).isEmpty();
    }

    @Test
    void resubmitsAnEditedEventToTheStreamOfItsType() {
        report(CLINIC, PAID, "a");
        Event edited = event(SENT, "edited");

        now(dead.resubmit(new DeadId(CLINIC, 0), as(edited(edited), Target.STREAM)));

        assertThat(in(SENT.stream()).stream().map(StoredEvent::json)).containsExactly(edited.json());
    }

    @Test
    void sendsATestEventBackToItsTestLaneWhateverTheTarget() {
        StreamName testLane = LaneStreams.test(CLINIC);
        Original test = new Original(
                Partition.only(testLane), 0, 0, false, event(PAID, "t").json());
        store(envelope(new GroupName(CLINIC, GroupName.DEFAULT), DeadReason.REPORTED, test, null));
        store(envelope(new GroupName(CLINIC, GroupName.DEFAULT), DeadReason.REPORTED, test, null));

        now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM)));
        now(dead.resubmit(new DeadId(CLINIC, 1), as(new Content.Original(), Target.GROUP)));

        assertThat(in(testLane)).hasSize(2);
        assertThat(in(SHOP)).isEmpty();
    }

    @Test
    void refusesWhatTheRulesRefuseAndKeepsTheEventDead() {
        report(CLINIC, PAID, "a");
        verdict = Optional.of(Refusal.of(ErrorCode.SCHEMA_VIOLATED, "no"));

        assertThat(code(now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM)))))
                .isEqualTo(ErrorCode.SCHEMA_VIOLATED);
        assertThat(in(SHOP)).isEmpty();
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~0");
    }

    @Test
    void refusesAReportThatIsNoEvent() {
        store(envelope(new GroupName(CLINIC, "g"), DeadReason.REPORTED, null, Bytes.utf8("{\"id\":7}")));

        DeadOutcome outcome = now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM)));

        assertThat(code(outcome)).isEqualTo(ErrorCode.MALFORMED_EVENT);
        assertThat(((Refused) outcome).refusal().flaws()).isNotEmpty();
        assertThat(judged).isEmpty();
    }

    @Test
    void refusesTheGroupATypeItsClientMayNotConsume() {
        report(CLINIC, PAID, "a");

        assertThat(code(now(dead.resubmit(
                        new DeadId(CLINIC, 0), as(edited(event(new EventType("a.b.c"), "x")), Target.GROUP)))))
                .isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~0");
    }

    @Test
    void refusesAGroupThatIsNotThereAnyMoreSoThatTheEventIsNotLost() {
        store(envelope(SLOW, DeadReason.REPORTED, original(PAID, "a"), null));

        DeadOutcome outcome = now(dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.GROUP)));

        assertThat(code(outcome)).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(in(LaneStreams.resubmitted(SLOW))).isEmpty();
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~0");
    }

    @Test
    void refusesAGroupThatReadsNoSuchTypeSoThatTheEventIsNotLost() {
        create(SLOW, Set.of(SENT), UnaryOperator.identity());
        store(envelope(SLOW, DeadReason.REPORTED, original(PAID, "a"), null));
        GroupName handler = new GroupName(CLINIC, "repair");
        create(handler, null, settings -> settings.withErrorsOf(Set.of("slow")));
        store(envelope(handler, DeadReason.REPORTED, original(PAID, "b"), null));

        for (DeadId id : List.of(new DeadId(CLINIC, 0), new DeadId(CLINIC, 1))) {
            assertThat(code(now(dead.resubmit(id, as(new Content.Original(), Target.GROUP)))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }

        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~0", "clinic~1");
    }

    @Test
    void resubmitsOnlyOneOfTwoAtOnce() {
        report(CLINIC, PAID, "a");
        Resubmission resubmission = as(new Content.Original(), Target.STREAM);
        engine.appends().shut();

        CompletionStage<DeadOutcome> first = dead.resubmit(new DeadId(CLINIC, 0), resubmission);
        CompletionStage<DeadOutcome> second = dead.resubmit(new DeadId(CLINIC, 0), resubmission);
        assertThat(first.toCompletableFuture()).isNotDone();
        engine.appends().open();

        assertThat(now(first)).isEqualTo(new Done());
        assertThat(code(now(second))).isEqualTo(ErrorCode.STATE_CONFLICT);
        assertThat(in(SHOP)).hasSize(1);
    }

    @Test
    void keepsTheEventDeadWhereTheStoreFails() {
        report(CLINIC, PAID, "a");
        engine.appends().shut();

        CompletionStage<DeadOutcome> outcome =
                dead.resubmit(new DeadId(CLINIC, 0), as(new Content.Original(), Target.STREAM));
        engine.appends().fail(new Unavailable("full", Unavailable.Effect.NONE, Duration.ofSeconds(1)));

        assertThat(outcome.toCompletableFuture()).isCompletedExceptionally();
        assertThat(in(SHOP)).isEmpty();
        assertThat(list(DeadFilter.ALL)).containsExactly("clinic~0");
    }
}
