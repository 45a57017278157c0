package dev.tidings.callback.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration THREE_DAYS = Duration.ofDays(3);
    private final Backoff usual = new Backoff(Duration.ofSeconds(5), Duration.ofHours(6), THREE_DAYS);

    @Test
    void triesForAboutThreeDaysByDefault() {
        Random random = new Random(7);
        Duration sum = Duration.ZERO;
        for (int life = 0; life < 100; life++) {
            int attempts = 1;
            Optional<Duration> wait = usual.after(attempts, random);
            while (wait.isPresent()) {
                sum = sum.plus(wait.get());
                wait = usual.after(++attempts, random);
            }
        }

        assertThat(sum.dividedBy(100)).isBetween(Duration.ofHours(60), Duration.ofHours(75));
        assertThat(usual.mostAttempts()).isBetween(30, 40);
    }

    @Test
    void givesUpAfterTheFirstFailureWhereThereIsNoTime() {
        Backoff once = new Backoff(Duration.ofSeconds(5), Duration.ofHours(6), Duration.ZERO);

        assertThat(once.mostAttempts()).isEqualTo(1);
        assertThat(once.after(1, new Random(7))).isEmpty();
    }

    @Test
    void isNotMadeOfTimesThatMakeNoSense() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofHours(1), THREE_DAYS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofHours(2), Duration.ofHours(1), THREE_DAYS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void waitsAtMostTwiceAsLongEachTimeAndEndsAtSomeTime(
            @ForAll @LongRange(min = 500, max = 100_000) long first,
            @ForAll @LongRange(min = 1, max = 1_000) long factor,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long giveUp,
            @ForAll long seed) {
        Backoff backoff =
                new Backoff(Duration.ofMillis(first), Duration.ofMillis(first * factor), Duration.ofMillis(giveUp));
        int most = backoff.mostAttempts();
        Random random = new Random(seed);

        for (int attempts = 1; attempts < Math.min(most, 50); attempts++) {
            Duration wait = backoff.after(attempts, random).orElseThrow();
            assertThat(wait).isBetween(Duration.ofMillis(500), Duration.ofMillis(first * factor));
            assertThat(wait.toMillis()).isLessThanOrEqualTo(first << Math.min(attempts - 1, 20));
        }
        assertThat(backoff.after(most, random)).isEmpty();
    }

    @Property
    void givesUpNoLaterWithMoreAttempts(@ForAll @IntRange(min = 1, max = 100) int attempts) {
        boolean now = usual.after(attempts, new Random(1)).isEmpty();

        assertThat(now).isEqualTo(attempts >= usual.mostAttempts());
    }
}
