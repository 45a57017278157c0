package dev.tidings.broker.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.catalog.DeliveryLimits;
import dev.tidings.broker.loop.ManualLoop;
import dev.tidings.model.EventType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A part of 1/16 at first, which doubles in each two seconds in which at least half of what was delivered is
/// confirmed.
class SlowStartTest {
    private static final Duration OLD = Duration.ofHours(1);
    private static final long SECOND = 1_000_000_000L;

    private final SlowStart start = new SlowStart(SlowStart.Rules.DEFAULT);

    @Test
    void beginsWithASmallPartWhereAnEventIsOld() {
        start.wanted(0, OLD);

        assertThat(start.divisor()).isEqualTo(16);
    }

    @Test
    void beginsWithEverythingWhereAnEventIsNew() {
        start.wanted(0, Duration.ofSeconds(10));

        assertThat(start.divisor()).isOne();
    }

    @Test
    void doublesOnceAStepWhereHalfIsConfirmed() {
        start.wanted(0, OLD);

        step(0, 4, 2);
        start.advance(2 * SECOND - 1);
        assertThat(start.divisor()).isEqualTo(16);
        start.advance(2 * SECOND);
        assertThat(start.divisor()).isEqualTo(8);
        start.advance(2 * SECOND + 1);
        assertThat(start.divisor()).isEqualTo(8);

        step(3 * SECOND, 4, 1);
        start.advance(4 * SECOND);
        assertThat(start.divisor()).as("less than half was confirmed").isEqualTo(8);
        step(5 * SECOND, 4, 2);
        start.advance(6 * SECOND);
        assertThat(start.divisor())
                .as("what was confirmed before does not count")
                .isEqualTo(4);
    }

    @Test
    void waitsForADelivery() {
        start.wanted(0, OLD);

        start.advance(60 * SECOND);

        assertThat(start.divisor()).isEqualTo(16);
    }

    @Test
    void doesNotCountWhatNeverHappened() {
        ManualLoop loop = new ManualLoop();
        TypeThrottle throttle =
                Throttling.of(new EventType("Org.Sys.Thing.Done"), new DeliveryLimits(160, null), loop.clock());
        Thirsty group = Thirsty.slow(throttle, loop, 9).since(3_600).wants(1);
        loop.run();
        for (int i = 0; i < 5; i++) {
            group.rollBack();
            loop.run();
            assertThat(group.held).as("its permit came back").isOne();
        }
        group.confirm(1);
        loop.advance(Duration.ofSeconds(2));

        group.wants(1);
        loop.run();

        assertThat(throttle.throttled(group.claim).divisor()).isEqualTo(8);
    }

    @Test
    void halvesOnceAStepWhereDeliveriesFail() {
        start.failed(0);
        start.failed(1);
        assertThat(start.divisor()).isEqualTo(2);

        for (long now = 2 * SECOND; now <= 20 * SECOND; now += 2 * SECOND) {
            step(now, 1, 0);
            start.advance(now);
            start.failed(now);
        }

        assertThat(start.divisor()).isEqualTo(16);
    }

    @Test
    void beginsAgainAfterAnOutageOnly() {
        start.wanted(0, OLD);
        step(0, 1, 1);
        start.advance(2 * SECOND);
        start.delivered(5 * SECOND);

        start.wanted(15 * SECOND, OLD);
        assertThat(start.divisor()).isEqualTo(8);
        start.wanted(15 * SECOND + 1, OLD);
        assertThat(start.divisor()).isEqualTo(16);
    }

    private void step(long now, int delivered, int confirmed) {
        for (int i = 0; i < delivered; i++) {
            start.delivered(now);
        }
        for (int i = 0; i < confirmed; i++) {
            start.confirmed();
        }
    }
}
