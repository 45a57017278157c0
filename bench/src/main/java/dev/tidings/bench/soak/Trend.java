package dev.tidings.bench.soak;

import java.util.List;

/// The straight line nearest to the values of a measure (least squares), and whether it is flat.
///
/// A measure is not flat where its line rises within the measured time by more than the measure's tolerance,
/// and by more than three times the standard error of that rise, so that noise is no growth. Neighbouring
/// samples resemble each other; the error is that of as many independent samples as their likeness leaves. What
/// falls is flat.
///
/// @param mean  of the values
/// @param slope what is added in an hour
/// @param rise  what the line adds from the first sample to the last
/// @param error the standard error of `rise`
record Trend(double mean, double slope, double rise, double error) {
    private static final double CLEAR = 3;

    record At(double seconds, double value) {}

    static Trend of(List<At> samples) {
        int count = samples.size();
        double meanX = samples.stream().mapToDouble(At::seconds).average().orElse(0);
        double meanY = samples.stream().mapToDouble(At::value).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (At at : samples) {
            xx += (at.seconds - meanX) * (at.seconds - meanX);
            xy += (at.seconds - meanX) * (at.value - meanY);
        }
        if (count < 3 || xx == 0) {
            return new Trend(meanY, 0, 0, Double.POSITIVE_INFINITY);
        }
        double slope = xy / xx;
        double[] rests = samples.stream()
                .mapToDouble(at -> at.value - meanY - slope * (at.seconds - meanX))
                .toArray();
        double span = samples.getLast().seconds - samples.getFirst().seconds;
        double error = Math.sqrt(squares(rests) / Math.max(1, independent(rests) - 2) / xx);
        return new Trend(meanY, slope * 3600, slope * span, error * span);
    }

    boolean flat(Measure.Tolerance tolerance) {
        return rise <= tolerance.of(mean) || rise <= CLEAR * error;
    }

    /// What is added in an hour, as a share of the mean.
    double relativeSlope() {
        return mean == 0 ? 0 : slope / mean;
    }

    private static double squares(double[] rests) {
        double sum = 0;
        for (double rest : rests) {
            sum += rest * rest;
        }
        return sum;
    }

    /// How many independent samples say as much as these.
    private static double independent(double[] rests) {
        double all = squares(rests);
        double neighbours = 0;
        for (int i = 1; i < rests.length; i++) {
            neighbours += rests[i] * rests[i - 1];
        }
        double likeness = all == 0 ? 0 : Math.clamp(neighbours / all, 0, 0.95);
        return rests.length * (1 - likeness) / (1 + likeness);
    }
}
