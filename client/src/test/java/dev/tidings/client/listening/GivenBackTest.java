package dev.tidings.client.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.listening.GivenBack.Identity;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GivenBackTest {
    private static final Identity A = new Identity("/shop", "a");
    private static final Identity B = new Identity("/shop", "b");
    private static final Identity C = new Identity("/shop", "c");

    private final AtomicLong nanos = new AtomicLong(-1);
    private final GivenBack givenBack = new GivenBack(nanos::get);

    @Test
    void coversWhatFollowsOfTheKeyUntilTheEventComesAgain() {
        givenBack.add("k", A);

        assertThat(covers(B)).isTrue();
        assertThat(covers(C)).isTrue();
        assertThat(covers(A)).isFalse();
        assertThat(covers(B)).isFalse();
    }

    @Test
    void coversNoOtherKey() {
        givenBack.add("k", A);

        assertThat(givenBack.covers("l", B, nanos.get())).isFalse();
    }

    @Test
    void coversEachOnceForWhatComesASecondTimeWasSentAgain() {
        givenBack.add("k", A);
        assertThat(covers(B)).isTrue();

        assertThat(covers(B)).isFalse();
        assertThat(covers(C)).isFalse();
    }

    @Test
    void coversThemAnewWhereTheEventIsGivenBackAnew() {
        givenBack.add("k", A);
        assertThat(covers(B)).isTrue();
        assertThat(covers(A)).isFalse();
        givenBack.add("k", A);

        assertThat(covers(B)).isTrue();
    }

    @Test
    void coversWhatCameInTimeHoweverLateItComesUp() {
        givenBack.add("k", A);
        long arrived = nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(givenBack.covers("k", B, arrived)).isTrue();
    }

    @Test
    void coversNothingThatCameWhenNothingCanHaveBeenOnItsWayAnyMore() {
        givenBack.add("k", A);
        nanos.addAndGet(Duration.ofSeconds(60).toNanos() + 1);

        assertThat(covers(B)).isFalse();
    }

    @Test
    void forgetsTheFirstOfManyKeys() {
        for (int i = 0; i <= 10_000; i++) {
            givenBack.add("k" + i, A);
        }

        assertThat(givenBack.covers("k0", B, nanos.get())).isFalse();
        assertThat(givenBack.covers("k1", B, nanos.get())).isTrue();
    }

    private boolean covers(Identity event) {
        return givenBack.covers("k", event, nanos.get());
    }
}
