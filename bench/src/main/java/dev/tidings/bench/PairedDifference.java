package dev.tidings.bench;

import java.util.Arrays;
import java.util.List;

/// The median of differences between neighbours, and an interval that holds the true median at least 95 times in 100,
/// whatever the differences' distribution is (by the sign test: the ranks come from the binomial distribution).
///
/// @param from where the interval begins; that of fewer than six differences is less sure
public record PairedDifference(double median, double from, double to) {
    private static final double EACH_SIDE = 0.025;

    static PairedDifference of(List<Double> differences) {
        double[] sorted =
                differences.stream().mapToDouble(difference -> difference).toArray();
        Arrays.sort(sorted);
        int count = sorted.length;
        double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
        int outside = outside(count);
        return new PairedDifference(median, sorted[outside], sorted[count - 1 - outside]);
    }

    /// How many of the sorted values on each side may be left out.
    private static int outside(int count) {
        double chance = Math.pow(0.5, count);
        double sum = chance;
        int outside = 0;
        while (sum + chance * (count - outside) / (outside + 1) <= EACH_SIDE) {
            chance = chance * (count - outside) / (outside + 1);
            sum += chance;
            outside++;
        }
        return sum <= EACH_SIDE ? outside : 0;
    }
}
