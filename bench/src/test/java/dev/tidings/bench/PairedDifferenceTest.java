package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    @Test
    void isNotMovedByAWildValue() {
        PairedDifference difference = PairedDifference.of(List.of(1.0, 1.1, 0.9, 1.0, 1000.0, 1.2, 0.8));

        assertThat(difference.median()).isEqualTo(1.0);
    }

    /// With twenty values the 6th and the 15th bound the interval (0.959), as tables of the sign test have it.
    @Test
    void boundsTheMedianByRanks() {
        List<Double> twenty =
                DoubleStream.iterate(1, i -> i + 1).limit(20).boxed().toList();

        PairedDifference difference = PairedDifference.of(twenty);

        assertThat(difference).isEqualTo(new PairedDifference(10.5, 6, 15));
    }
}
