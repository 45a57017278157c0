package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GroupDispatchTest {
    private final GroupDispatch dispatch = new GroupDispatch(new GroupDispatch.Limits(10, 0), Allowance.UNLIMITED);
    private final int partition = dispatch.assigned(Cursor.at(0));
    private final Samples.Taker one = new Samples.Taker();
    private final Samples.Taker other = new Samples.Taker();

    @Test
    void givesASingleInstanceEverythingInOrder() {
        dispatch.open(Samples.eager(100, one), null);

        readAll(LongStream.range(0, 50).map(i -> i % 3).toArray());

        assertThat(one.positions)
                .containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList());
    }

    @Test
    void givesInTurnToThoseWhoWant() {
        dispatch.open(Samples.eager(100, one), null);
        dispatch.open(Samples.eager(100, other), null);

        readAll(0, 0, 0, 0);

        assertThat(one.positions).containsExactly(0L, 2L);
        assertThat(other.positions).containsExactly(1L, 3L);
    }

    @Test
    void keepsAKeyWithItsHolder() {
        dispatch.open(Samples.eager(100, one), null);
        dispatch.open(Samples.eager(100, other), null);

        readAll(7, 7, 7, 8);

        assertThat(one.positions).containsExactly(0L, 1L, 2L);
        assertThat(other.positions).containsExactly(3L);
    }

    @Test
    void freesAKeyWhenNothingOfItIsInFlight() {
        Ledger holder = Samples.eager(1, one);
        dispatch.open(holder, null);
        dispatch.open(Samples.eager(100, other), null);
        readAll(7, 7);
        assertThat(other.positions).isEmpty();

        holder.withdraw();
        holder.confirm(1);
        dispatch.assign();

        assertThat(other.positions).containsExactly(1L);
    }

    @Test
    void takesAnExpiredEventBackWithTheLaterOnesOfItsKey() {
        Ledger holder = Samples.eager(100, one);
        GroupMember member = dispatch.open(holder, null);
        readAll(7, 0, 7, 8);
        holder.withdraw();
        dispatch.open(Samples.eager(100, other), null);

        dispatch.expire(member, 1);
        dispatch.assign();

        assertThat(other.positions).containsExactly(0L, 2L);
        assertThat(holder.inFlight()).isEqualTo(2);
        holder.confirm(4);
        assertThat(dispatch.cursor(partition))
                .isEqualTo(new Cursor(0, Ranges.ofBounds(1, 2, 3, 4), Map.of(0L, 1, 2L, 1)));
    }

    @Test
    void losesNothingOfOtherPartitionsWhenOneIsRevoked() {
        int second = dispatch.assigned(Cursor.at(100));
        Ledger ledger = Samples.eager(100, one);
        dispatch.open(ledger, null);
        readAll(7, 7);
        dispatch.accept(second, Samples.event(100, 7));
        dispatch.assign();

        dispatch.revoked(partition);
        ledger.confirm(3);

        assertThat(dispatch.state().inFlight()).isZero();
        assertThat(dispatch.cursor(second)).isEqualTo(Cursor.at(101));
        assertThat(dispatch.nextChanged()).isEqualTo(second);
        assertThat(dispatch.nextChanged()).isEqualTo(-1);
    }

    @Test
    void forgetsAKeyThatIsNotBusy() {
        Ledger ledger = Samples.eager(100, one);
        dispatch.open(ledger, null);

        for (long i = 0; i < 10_000; i++) {
            dispatch.accept(partition, Samples.event(i, i + 1));
            dispatch.assign();
            ledger.confirm(ledger.last());
        }

        assertThat(dispatch.state()).isEqualTo(new DispatchState(1, 0, 0, 0, 0, null));
        assertThat(dispatch.outstanding(partition)).isZero();
        assertThat(dispatch.cursor(partition)).isEqualTo(Cursor.at(10_000));
    }

    @Test
    void leavesOutWhatTheCursorSaysIsSettled() {
        int restored = dispatch.assigned(new Cursor(5, Ranges.ofBounds(6, 8, 9, 10), Map.of(5L, 2, 8L, 1)));
        Ledger ledger = Samples.eager(100, one);
        dispatch.open(ledger, null);

        for (long position : List.of(5L, 6L, 7L)) {
            dispatch.accept(restored, Samples.event(position));
            dispatch.assign();
        }

        assertThat(one.positions).containsExactly(5L);
        assertThat(dispatch.cursor(restored))
                .isEqualTo(new Cursor(5, Ranges.ofBounds(6, 8, 9, 10), Map.of(5L, 2, 8L, 1)));
        ledger.confirm(1);
        assertThat(dispatch.cursor(restored)).isEqualTo(new Cursor(8, Ranges.ofBounds(9, 10), Map.of(8L, 1)));
    }

    @Test
    void keepsAnHeirFromAKeyUntilWhatTheOtherInstanceReportedDeadIsBuried() {
        Ledger heirs = Samples.eager(100, one);
        dispatch.open(heirs, "p");
        readAll(7);
        heirs.withdraw();
        readAll(7, 7);
        Ledger reporters = Samples.eager(100, other);
        GroupMember reporter = dispatch.open(reporters, "p");
        heirs.confirm(1);
        dispatch.assign();
        assertThat(other.positions).containsExactly(1L, 2L);
        Pending dying = (Pending) reporters.release(1);

        dispatch.closeReserving(reporter);
        heirs.grant(100);
        dispatch.assign();
        assertThat(one.positions).containsExactly(0L);

        dispatch.bury(dying);
        dispatch.assign();
        assertThat(one.positions).containsExactly(0L, 2L);
    }

    @Test
    void givesToAnybodyWhatWaitsBehindAReservedEventThatIsDropped() {
        EventType kept = new EventType("a.b.c.Kept");
        GroupMember left = dispatch.open(Samples.eager(100, one), "p");
        readAll(7);
        dispatch.closeReserving(left);
        dispatch.open(Samples.eager(100, other), null);
        dispatch.accept(partition, new StoredEvent(1, 1, kept, 7, true, Bytes.of(new byte[10])));
        dispatch.assign();
        assertThat(other.positions).isEmpty();

        dispatch.keep(kept::equals);
        dispatch.assign();

        assertThat(other.positions).containsExactly(1L);
    }

    @Test
    void givesBackWhatHadNoKeyInTheOrderInWhichItWasRead() {
        GroupMember left = dispatch.open(Samples.eager(100, one), "p");
        readAll(0, 7, 0);
        dispatch.closeReserving(left);

        dispatch.open(Samples.eager(100, other), "p");
        dispatch.assign();

        assertThat(other.positions).containsExactly(0L, 1L, 2L);
    }

    private void readAll(long... keys) {
        for (long key : keys) {
            dispatch.accept(partition, Samples.event(dispatch.readTo(partition), key));
            dispatch.assign();
        }
    }
}
