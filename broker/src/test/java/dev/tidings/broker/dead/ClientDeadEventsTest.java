package dev.tidings.broker.dead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.dead.DeadEnvelope.Original;
import dev.tidings.broker.dead.DeadOutcome.Done;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.GroupName;
import dev.tidings.model.KeyHash;
import dev.tidings.model.StreamName;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientDeadEventsTest extends DeadFixture {
    private static final GroupName GROUP = new GroupName(CLINIC, GroupName.DEFAULT);
    private static final StreamName AGAIN = LaneStreams.resubmitted(GROUP);
    private static final DeadId FIRST = new DeadId(CLINIC, 0);
    private static final Resubmission AS_IT_WAS = new Resubmission(new Content.Original(), Target.GROUP);

    @BeforeEach
    void create() {
        create(GROUP);
    }

    @Test
    void sendsARepairedEventToTheGroupThatFailedAndMarksIt() {
        report(CLINIC, PAID, "a");

        assertThat(now(desk().resubmit(FIRST, as(edited(event(PAID, "mended")), Target.GROUP))))
                .isEqualTo(new Done());

        assertThat(in(AGAIN).getFirst().json().toUtf8())
                .startsWith("{\"repairround\":1,")
                .contains("mended");
        assertThat(in(AGAIN).getFirst().keyHash()).isEqualTo(KeyHash.of("k"));
        assertThat(judged).hasSize(1);
        assertThat(now(desk().find(FIRST))).isEmpty();
    }

    @Test
    void endsALoopAfterTheConfiguredRounds() {
        dead = deadEvents(new DeadConfig(100, DeadConfig.DEFAULT.search(), 100, 2));
        report(CLINIC, PAID, "a");
        now(desk().resubmit(FIRST, AS_IT_WAS));
        dies();
        now(desk().resubmit(new DeadId(CLINIC, 1), AS_IT_WAS));
        dies();
        DeadId third = new DeadId(CLINIC, 2);

        assertThat(code(now(desk().resubmit(third, AS_IT_WAS)))).isEqualTo(ErrorCode.REPAIRS_EXHAUSTED);
        assertThat(now(desk().find(third))).isPresent();
        assertThat(now(dead.resubmit(third, AS_IT_WAS))).isEqualTo(new Done());
        assertThat(in(AGAIN)).hasSize(3);
    }

    /// What was sent again last dies again.
    private void dies() {
        StoredEvent last = in(AGAIN).getLast();
        Original original = Original.of(Partition.only(AGAIN), last);
        store(envelope(GROUP, DeadReason.REPORTED, original, null));
    }

    @Test
    void believesNoProducerThatSaysHowOftenItsEventWasRepaired() {
        dead = deadEvents(new DeadConfig(100, DeadConfig.DEFAULT.search(), 100, 1));
        Original forged = new Original(
                Partition.only(SHOP), 0, 0, false, Marks.on(event(PAID, "a").json(), Map.of(Marks.ROUND, 9)));
        store(envelope(GROUP, DeadReason.REPORTED, forged, null));

        assertThat(now(desk().resubmit(FIRST, AS_IT_WAS))).isEqualTo(new Done());
        assertThat(in(AGAIN).getFirst().json().toUtf8()).startsWith("{\"repairround\":1,");
    }

    @Test
    void showsNobodyTheDeadEventsOfAnotherClient() {
        report(BANK, SENT, "a");
        report(CLINIC, PAID, "b");
        DeadId foreign = new DeadId(BANK, 0);

        assertThat(ids(now(desk().list(DeadFilter.ALL, null, 100)))).containsExactly("clinic~0");
        assertThat(ids(now(desk().list(DeadFilter.ALL.of(BANK), foreign, 100)))).containsExactly("clinic~0");
        assertThat(now(desk().find(foreign))).isEmpty();
        assertThat(code(now(desk().discard(foreign)))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(now(desk().resubmit(foreign, AS_IT_WAS)))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(now(dead.find(foreign))).isPresent();
    }

    @Test
    void letsOnlyAdministratorsSendToAWholeStream() {
        report(CLINIC, PAID, "a");

        assertThat(code(now(desk().resubmit(FIRST, as(new Content.Original(), Target.STREAM)))))
                .isEqualTo(ErrorCode.NOT_ALLOWED);
        assertThat(now(desk().find(FIRST))).isPresent();
    }

    @Test
    void discardsOnce() {
        report(CLINIC, PAID, "a");

        assertThat(now(desk().discard(FIRST))).isEqualTo(new Done());
        assertThat(code(now(desk().discard(FIRST)))).isEqualTo(ErrorCode.STATE_CONFLICT);
    }

    private DeadDesk desk() {
        return dead.of(CLINIC);
    }
}
