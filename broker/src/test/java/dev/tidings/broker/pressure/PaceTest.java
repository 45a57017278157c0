package dev.tidings.broker.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private long now = -7;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 200, 999, 30_000, 1_000_000})
    void givesAsManyAsTheRateSaysAndOneTenthAtOnce(int rate) {
        Pace pace = new Pace(rate, now);
        int atOnce = takeAll(pace);

        int taken = 0;
        for (int i = 0; i < 5_000; i++) {
            now += MILLI;
            taken += takeAll(pace);
        }

        assertThat(atOnce).isEqualTo(Math.max(1, rate / 10));
        assertThat(taken).isBetween((int) (rate * 4.99), rate * 5);
    }

    @Test
    void savesUpNoMoreThanOneTenthOfASecond() {
        Pace pace = new Pace(50, now);
        takeAll(pace);

        now += 60 * SECOND;

        assertThat(takeAll(pace)).isEqualTo(5);
    }

    @Test
    void tellsWhenTheNextComes() {
        Pace pace = new Pace(4, now);

        assertThat(pace.waits(now)).isZero();
        pace.take(now);
        assertThat(pace.waits(now)).isEqualTo(250 * MILLI);
        pace.take(now);
        assertThat(pace.waits(now)).isEqualTo(500 * MILLI);
        pace.giveBack();
        assertThat(pace.waits(now)).isEqualTo(250 * MILLI);
    }

    @Test
    void paysOffAtANewRateWhatWasTakenAhead() {
        Pace pace = new Pace(10, now);
        takeAll(pace);

        pace.rate(5, now);

        assertThat(pace.waits(now)).isEqualTo(200 * MILLI);
    }

    @Test
    void takesANewRateAtOnce() {
        Pace pace = new Pace(1, now);
        takeAll(pace);

        pace.rate(100, now);

        assertThat(pace.waits(now)).isLessThanOrEqualTo(10 * MILLI);
        now += 100 * MILLI;
        assertThat(takeAll(pace)).isBetween(9, 10);
        pace.rate(1, now);
        assertThat(pace.waits(now)).isLessThanOrEqualTo(SECOND);
    }

    private int takeAll(Pace pace) {
        int taken = 0;
        while (pace.waits(now) == 0) {
            pace.take(now);
            taken++;
        }
        return taken;
    }
}
