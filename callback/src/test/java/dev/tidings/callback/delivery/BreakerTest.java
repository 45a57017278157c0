package dev.tidings.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.callback.delivery.Breaker.State;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private final Breaker breaker = new Breaker(new Breaker.Limits(3, FIRST, LONGEST));
    private long now = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos(); // clocks of nanoseconds may wrap around

    @Test
    void opensAfterFailuresInARow() {
        breaker.failed(now);
        breaker.failed(now);
        breaker.succeeded();
        breaker.failed(now);
        breaker.failed(now);
        assertThat(breaker.begin(now)).isTrue();

        breaker.failed(now);

        assertThat(breaker.begin(now)).isFalse();
        assertThat(breaker.state(now)).isEqualTo(State.OPEN);
    }

    @Test
    void letsOneRequestFindOutWhetherTheSinkIsWell() {
        open();
        pass(FIRST);

        assertThat(breaker.state(now)).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.begin(now)).isTrue();
        assertThat(breaker.begin(now)).isFalse();
        breaker.succeeded();

        assertThat(breaker.state(now)).isEqualTo(State.CLOSED);
        assertThat(breaker.begin(now)).isTrue();
        assertThat(breaker.begin(now)).isTrue();
    }

    @Test
    void staysOpenForTwiceAsLongAfterEachFailedProbe() {
        open();
        for (long seconds : new long[] {5, 10, 20, 40, 60, 60}) {
            assertThat(breaker.until() - now)
                    .isEqualTo(Duration.ofSeconds(seconds).toNanos());
            pass(Duration.ofSeconds(seconds));
            assertThat(breaker.begin(now)).isTrue();
            breaker.failed(now);
        }
    }

    @Test
    void isNotProlongedByRequestsThatBeganBefore() {
        open();
        long until = breaker.until();

        pass(Duration.ofSeconds(1));
        breaker.failed(now);

        assertThat(breaker.until()).isEqualTo(until);
    }

    @Test
    void restsForAsLongAsTheSinkAsks() {
        breaker.rest(now, Duration.ofHours(1));
        breaker.rest(now, Duration.ofSeconds(1));

        pass(Duration.ofMinutes(59));
        assertThat(breaker.begin(now)).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(breaker.begin(now)).isTrue();
    }

    @Test
    void probesAgainWhereAProbeSaidNothing() {
        open();
        pass(FIRST);
        breaker.begin(now);

        breaker.abandoned(now);

        assertThat(breaker.begin(now)).isTrue();
    }

    /// Against a model that knows only what was asked and told.
    @Property
    void letsOneThroughWhileItIsNotClosedAndNeverLocksForEver(
            @ForAll @Size(max = 200) List<@IntRange(max = 4) Integer> steps) {
        boolean probing = false;
        for (int step : steps) {
            boolean closed = breaker.state(now) == State.CLOSED;
            switch (step) {
                case 0 -> {
                    boolean begun = breaker.begin(now);
                    assertThat(begun && probing).isFalse();
                    probing = begun && !closed || probing;
                }
                case 1 -> {
                    breaker.failed(now);
                    probing = false;
                }
                case 2 -> {
                    breaker.rest(now, LONGEST);
                    probing = false;
                }
                case 3 -> pass(FIRST);
                default -> {
                    breaker.succeeded();
                    probing = false;
                }
            }
        }
        breaker.abandoned(now);
        pass(LONGEST);

        assertThat(breaker.begin(now)).isTrue();
    }

    private void open() {
        breaker.failed(now);
        breaker.failed(now);
        breaker.failed(now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
