package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Types that may be delivered only as their gates let them.
class GatesTest {
    private static final EventType SLOW = new EventType("a.b.c.Slow");
    private static final EventType FREE = new EventType("a.b.c.Free");

    private final CountingGate gate = new CountingGate(2);
    private final Map<EventType, Gate> gates = new HashMap<>(Map.of(SLOW, gate));
    private final GroupDispatch dispatch =
            new GroupDispatch(new GroupDispatch.Limits(80, 0), Allowance.UNLIMITED, gates::get);
    private final int partition = dispatch.assigned(Cursor.at(0));
    private final Samples.Taker one = new Samples.Taker();
    private final Samples.Taker other = new Samples.Taker();
    private long position;

    GatesTest() {
        dispatch.gatesChanged(true);
    }

    @Test
    void deliversOfOtherTypesWhatComesBehindThrottledEvents() {
        dispatch.open(Samples.eager(100, one), null);

        read(SLOW, SLOW, SLOW, SLOW, FREE, FREE);

        assertThat(one.positions).containsExactly(0L, 1L, 4L, 5L);
        assertThat(gate.waiting).isEqualTo(2);
        assertThat(gate.asked).isEqualTo(3);
    }

    @Test
    void deliversThrottledEventsInTheirOrderAsTheGateLetsThem() {
        Ledger ledger = Samples.eager(100, one);
        dispatch.open(ledger, null);
        read(SLOW, SLOW, SLOW, FREE, SLOW);

        ledger.confirm(1);
        turn();
        ledger.confirm(2);
        turn();

        assertThat(one.positions).containsExactly(0L, 1L, 3L, 2L, 4L);
        assertThat(gate.inside).isEqualTo(2);
    }

    @Test
    void letsNoNewerEventPastOneThatWaits() {
        gate.most = 1;
        Ledger ledger = Samples.eager(100, one);
        dispatch.open(ledger, null);
        read(SLOW, SLOW);

        ledger.confirm(1);
        dispatch.askGates();
        read(SLOW);

        assertThat(one.positions).containsExactly(0L, 1L);
    }

    @Test
    void hasAKeyWhoseHeadIsThrottledWaitWhole() {
        dispatch.open(Samples.eager(100, one), null);
        gate.most = 0;

        readOfKey(7, SLOW, FREE);
        read(FREE);

        assertThat(one.positions).containsExactly(2L);

        gate.most = 1;
        turn();

        assertThat(one.positions).containsExactly(2L, 0L, 1L);
    }

    @Test
    void keepsAKeyWithItsHolderWhileItIsThrottled() {
        Ledger holder = Samples.eager(100, one);
        dispatch.open(holder, null);
        readOfKey(7, FREE);
        dispatch.open(Samples.eager(100, other), null);
        gate.most = 0;
        readOfKey(7, SLOW, FREE);

        gate.most = 1;
        turn();

        assertThat(one.positions).containsExactly(0L, 1L, 2L);
        assertThat(other.positions).isEmpty();
    }

    @Test
    void leavesTheGateInEveryWayThatADeliveryEnds() {
        gate.most = 10;
        Ledger ledger = Samples.eager(100, one);
        GroupMember member = dispatch.open(ledger, null);
        read(SLOW, SLOW, SLOW, SLOW, SLOW, SLOW);

        ledger.confirm(1);
        Held reported = ledger.release(2);
        ledger.rollBack(6);
        dispatch.expire(member, 3);

        assertThat(gate.inside).isEqualTo(2);
        assertThat(gate.failed).isEqualTo(1);
        assertThat(gate.undone).isEqualTo(1);

        ledger.restore(2, reported);
        dispatch.resume((Pending) reported);
        assertThat(gate.inside).isEqualTo(3);

        dispatch.close(member);
        assertThat(gate.inside).isZero();
        assertThat(gate.failed).isEqualTo(4);
    }

    @Test
    void leavesTheGateWhereAPartitionIsRevoked() {
        dispatch.open(Samples.eager(100, one), null);
        read(SLOW, SLOW);

        dispatch.revoked(partition);

        assertThat(gate.inside).isZero();
    }

    @Test
    void wantsNothingOfTheGateWhileNobodyWouldTakeIt() {
        Ledger ledger = new Ledger("polls", 100, one);
        dispatch.open(ledger, null);
        ledger.ask(3, 10_000);
        read(SLOW, SLOW, SLOW, SLOW);
        assertThat(gate.waiting).isEqualTo(2);

        ledger.withdraw();
        turn();

        assertThat(gate.waiting).isZero();
    }

    @Test
    void wantsNothingOfAGateThatStaysWhereOthersComeUntilItIsAskedAgain() {
        Ledger ledger = Samples.eager(100, one);
        dispatch.open(ledger, null);
        read(SLOW, SLOW, SLOW);
        assertThat(gate.waiting).isOne();

        gates.put(FREE, new CountingGate(2));
        dispatch.gatesChanged(true);

        assertThat(gate.waiting).isZero();
        turn();
        assertThat(gate.waiting).isOne();
    }

    @Test
    void countsWhatIsHeldWhereATypeIsThrottledFromNowOn() {
        gates.clear();
        dispatch.gatesChanged(false);
        Ledger ledger = Samples.eager(100, one);
        dispatch.open(ledger, null);
        read(SLOW, SLOW, SLOW);

        gates.put(SLOW, gate);
        dispatch.gatesChanged(true);
        read(SLOW);

        assertThat(gate.inside).isEqualTo(3);
        assertThat(one.positions).containsExactly(0L, 1L, 2L);
        ledger.confirm(2);
        turn();
        assertThat(one.positions).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void deliversAllAtOnceWhereAGateIsRemoved() {
        dispatch.open(Samples.eager(100, one), null);
        read(SLOW, SLOW, SLOW, SLOW);

        gates.clear();
        dispatch.gatesChanged(false);
        turn();

        assertThat(one.positions).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void readsLessAheadOfAPartitionWhereEventsOfItAreThrottled() {
        dispatch.open(Samples.eager(100, one), null);
        int free = dispatch.assigned(Cursor.at(0));
        gate.most = 0;

        while (dispatch.wantsMore(partition)) {
            read(SLOW);
        }

        assertThat(position).isEqualTo(10);
        assertThat(dispatch.wantsMore(free)).isTrue();
        assertThat(dispatch.state().waiting()).isEqualTo(10);
    }

    @Test
    void forgetsThrottledEventsThatAreDropped() {
        dispatch.open(Samples.eager(100, one), null);
        gate.most = 0;
        read(SLOW, FREE);
        dispatch.keep(FREE::equals);

        gate.most = 1;
        turn();

        assertThat(one.positions).containsExactly(1L);
        assertThat(gate.waiting).isZero();
        assertThat(dispatch.waiting()).isZero();
    }

    private void read(EventType... types) {
        readOfKey(0, types);
    }

    private void readOfKey(long key, EventType... types) {
        for (EventType type : types) {
            long at = position++;
            dispatch.accept(partition, new StoredEvent(at, at, type, key, true, Bytes.of(new byte[10])));
        }
        turn();
    }

    private void turn() {
        dispatch.askGates();
        dispatch.assign();
        dispatch.tellGates();
    }
}
