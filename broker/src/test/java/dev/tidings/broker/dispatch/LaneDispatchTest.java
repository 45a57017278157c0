package dev.tidings.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Ranges;
import dev.tidings.model.Lane;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LaneDispatchTest {
    private final LaneDispatch lane = new LaneDispatch(Lane.DEAD, Cursor.at(0), 5);
    private final Samples.Taker one = new Samples.Taker();
    private final Samples.Taker other = new Samples.Taker();

    @Test
    void offersToEveryMemberAndToLaterOnes() {
        lane.open(Samples.eager(10, one));
        read(2);

        lane.open(Samples.eager(10, other));
        lane.assign();

        assertThat(one.positions).containsExactly(0L, 1L);
        assertThat(other.positions).containsExactly(0L, 1L);
    }

    @Test
    void settlesWithTheFirstConfirmation() {
        Ledger first = Samples.eager(10, one);
        Ledger second = Samples.eager(10, other);
        lane.open(first);
        lane.open(second);
        read(3);

        first.confirm(2);
        assertThat(lane.takeChanged()).isTrue();
        second.confirm(2);

        assertThat(lane.takeChanged()).isFalse();
        assertThat(lane.cursor()).isEqualTo(Cursor.at(2));
    }

    @Test
    void looksAtNoMoreUnsettledEventsThanItMay() {
        Ledger ledger = Samples.eager(100, one);
        lane.open(ledger);
        read(10);

        assertThat(one.positions).hasSize(5);
        assertThat(lane.wantsMore()).isFalse();
        assertThat(lane.blocked()).isEqualTo("blocked: 5 events are unsettled");
        ledger.confirm(1);
        assertThat(lane.wantsMore()).isTrue();
    }

    @Test
    void showsADepartingEventAsSettledAndBringsItBack() {
        read(3);

        assertThat(lane.depart(1)).isTrue();
        assertThat(lane.depart(1)).isFalse();
        assertThat(lane.depart(7)).isTrue();

        assertThat(lane.cursor()).isEqualTo(new Cursor(0, Ranges.ofBounds(1, 2, 7, 8), Map.of()));
        lane.revive(1);
        lane.bury(7);
        assertThat(lane.cursor()).isEqualTo(new Cursor(0, Ranges.ofBounds(7, 8), Map.of()));
        assertThat(lane.accept(Samples.event(7))).isFalse();
    }

    @Test
    void settlesWhatIsTooOld() {
        read(3);

        assertThat(lane.expire(1500)).isTrue();
        assertThat(lane.expire(1500)).isFalse();

        assertThat(lane.cursor().floor()).isEqualTo(2);
    }

    @Property(tries = 300)
    void writesExactlyWhatIsSettledAndReadsItBack(@ForAll long seed) {
        Random random = new Random(seed);
        LaneDispatch some = new LaneDispatch(Lane.TEST, Cursor.at(0), 1000);
        Set<Long> settled = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            if (random.nextInt(3) == 0) {
                some.accept(Samples.event(some.readTo()));
            } else if (random.nextInt(10) == 0) {
                some = new LaneDispatch(Lane.TEST, some.cursor(), 1000);
            } else {
                long position = random.nextInt(40);
                assertThat(some.settle(position)).isEqualTo(settled.add(position));
            }
            Cursor cursor = some.cursor();
            for (long position = 0; position < 50; position++) {
                assertThat(cursor.isSettled(position)).isEqualTo(settled.contains(position));
            }
        }
    }

    private void read(int count) {
        for (int i = 0; i < count && lane.size() < 5; i++) {
            lane.accept(Samples.event(lane.readTo()));
            lane.assign();
        }
    }
}
