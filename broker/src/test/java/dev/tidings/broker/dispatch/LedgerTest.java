package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Cursor;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Samples.Taker taker = new Samples.Taker();
    private final GroupDispatch dispatch = new GroupDispatch(new GroupDispatch.Limits(100, 0), Allowance.UNLIMITED);
    private final int partition = dispatch.assigned(Cursor.at(0));

    @Test
    void stopsAtItsWindowAndGoesOnWithEachConfirmation() {
        Ledger ledger = opened(2);
        read(5);
        assertThat(taker.positions).containsExactly(0L, 1L);

        ledger.confirm(1);
        dispatch.assign();

        assertThat(taker.positions).containsExactly(0L, 1L, 2L);
        assertThat(ledger.inFlight()).isEqualTo(2);
    }

    @Test
    void comesToAHaltWhereEverythingIsReleasedAndNothingConfirmed() {
        Ledger ledger = opened(2);
        read(100);

        for (long offset = 2; offset <= ledger.last(); offset++) {
            ledger.release(offset);
            dispatch.assign();
        }

        assertThat(ledger.last()).isEqualTo(8);
        assertThat(ledger.isFull()).isTrue();
        ledger.confirm(8);
        assertThat(ledger.hasRoom()).isTrue();
    }

    @Test
    void settlesOneAloneInAnyOrder() {
        Ledger ledger = opened(3);
        read(5);

        ledger.settle(2);
        dispatch.assign();
        assertThat(taker.positions).containsExactly(0L, 1L, 2L, 3L);
        assertThat(ledger.held(1)).isNotNull();
        assertThat(ledger.held(2)).isNull();
        assertThat(ledger.firstOpen()).isEqualTo(1);
        ledger.settle(2);
        assertThat(ledger.inFlight()).isEqualTo(3);

        ledger.settle(1);
        assertThat(ledger.firstOpen()).isEqualTo(3);
    }

    @Test
    void goesOnForeverWhereEverythingIsSettledAloneOrReleased() {
        Ledger ledger = opened(2);
        read(100);

        for (long offset = 1; offset <= 100; offset++) {
            if (offset % 3 == 0) {
                ledger.release(offset);
            }
            ledger.settle(offset);
            dispatch.assign();
        }

        assertThat(ledger.last()).isEqualTo(100);
        assertThat(ledger.firstOpen()).isEqualTo(101);
        assertThat(ledger.inFlight()).isZero();
    }

    @Test
    void goesOnWhereTheOldestGoesBackAndEverythingElseIsSettledAlone() {
        Ledger ledger = Samples.eager(2, taker);
        GroupMember member = dispatch.open(ledger, null);
        read(100);
        for (long offset = 2; offset <= ledger.last(); offset++) {
            ledger.settle(offset);
            dispatch.assign();
        }
        assertThat(ledger.isFull()).isTrue();

        dispatch.giveBack(member, 1, 0);
        dispatch.assign();

        assertThat(ledger.inFlight()).isEqualTo(2);
        assertThat(taker.positions).endsWith(0L, 8L);
    }

    @Test
    void spendsItsCreditAndOvershootsByOneEventAtMost() {
        Ledger ledger = new Ledger("one", 100, taker);
        dispatch.open(ledger, null);
        ledger.grant(15);

        read(5);

        assertThat(taker.positions).hasSize(2);
        ledger.grant(5);
        dispatch.assign();
        assertThat(taker.positions).as("5 of the 5 were spent before").hasSize(2);
        ledger.grant(1);
        dispatch.assign();
        assertThat(taker.positions).hasSize(3);
    }

    @Test
    void usesOffsetsAgainThatWereNotRead() {
        Ledger ledger = opened(10);
        read(3);

        ledger.rollBack(2);
        assertThat(ledger.last()).isEqualTo(1);
        dispatch.assign();

        assertThat(ledger.last()).isEqualTo(3);
        assertThat(taker.positions).containsExactly(0L, 1L, 2L, 1L, 2L);
    }

    @Test
    void rollsNothingBackThatIsConfirmed() {
        Ledger ledger = opened(10);
        read(3);
        ledger.confirm(2);

        ledger.rollBack(1);

        assertThat(ledger.last()).isEqualTo(2);
        assertThat(dispatch.cursor(partition).floor()).isEqualTo(2);
    }

    @Test
    void restoresWhatWasReleasedUnlessItIsConfirmedBeyond() {
        Ledger ledger = opened(10);
        read(3);
        Held first = ledger.release(1);
        Held second = ledger.release(2);

        assertThat(ledger.isReleased(1)).isTrue();
        assertThat(ledger.restore(1, first)).isTrue();
        ledger.confirm(3);

        assertThat(ledger.restore(2, second)).isFalse();
        assertThat(ledger.inFlight()).isZero();
    }

    @Test
    void keepsWhatIsInFlightWhileItsRingGrows() {
        Ledger ledger = opened(1000);
        read(20);
        ledger.confirm(7);
        for (int i = 20; i < 500; i++) {
            dispatch.accept(partition, Samples.event(i));
            dispatch.assign();
        }

        ledger.confirm(499);

        assertThat(ledger.inFlight()).isOne();
        assertThat(ledger.held(500).position()).isEqualTo(499);
        assertThat(dispatch.cursor(partition).floor()).isEqualTo(499);
    }

    private Ledger opened(int window) {
        Ledger ledger = Samples.eager(window, taker);
        dispatch.open(ledger, null);
        return ledger;
    }

    private void read(int count) {
        for (int i = 0; i < count; i++) {
            dispatch.accept(partition, Samples.event(i));
            dispatch.assign();
        }
    }
}
