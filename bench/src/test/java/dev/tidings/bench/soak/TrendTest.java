package dev.tidings.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final Measure.Tolerance TOLERANCE = new Measure.Tolerance(0.05, 8);

    @Test
    void tellsWhatIsAddedInAnHour() {
        Trend trend = Trend.of(overAnHour(seconds -> 100 + seconds / 60));

        assertThat(trend.slope()).isCloseTo(60, within(1e-6));
        assertThat(trend.mean()).isCloseTo(130, within(1e-6));
        assertThat(trend.relativeSlope()).isCloseTo(60 / 130.0, within(1e-6));
    }

    @Test
    void callsALeakBeneathNoiseNotFlat() {
        Random noise = new Random(1);

        Trend trend = Trend.of(overAnHour(seconds -> 100 + seconds / 120 + 10 * noise.nextGaussian()));

        assertThat(trend.flat(TOLERANCE)).isFalse();
    }

    @Test
    void callsNoiseFlat() {
        for (int seed = 0; seed < 100; seed++) {
            Random noise = new Random(seed);

            Trend trend = Trend.of(overAnHour(seconds -> 100 + 10 * noise.nextGaussian()));

            assertThat(trend.flat(TOLERANCE)).isTrue();
        }
    }

    @Test
    void callsASawtoothFlat() {
        Trend trend = Trend.of(overAnHour(seconds -> 100 + seconds % 700 / 10));

        assertThat(trend.flat(TOLERANCE)).isTrue();
    }

    @Test
    void callsWhatFallsFlat() {
        Trend trend = Trend.of(overAnHour(seconds -> 1000 - seconds / 10));

        assertThat(trend.flat(TOLERANCE)).isTrue();
    }

    @Test
    void callsARiseWithinTheToleranceFlat() {
        Trend trend = Trend.of(overAnHour(seconds -> 100 + 7.9 * seconds / 3600));

        assertThat(trend.flat(TOLERANCE)).isTrue();
    }

    private static List<Trend.At> overAnHour(DoubleUnaryOperator value) {
        return IntStream.rangeClosed(0, 120)
                .mapToObj(i -> new Trend.At(i * 30, value.applyAsDouble(i * 30)))
                .toList();
    }
}
