package dev.tidings.bench.soak;

import java.util.List;

/// The straight line through samples (least squares).
///
/// @param mean  of the values
/// @param slope of the line, per hour
/// @param error the slope's standard error, per hour
/// @param hours from the first sample to the last
record Trend(double mean, double slope, double error, double hours) {
    private static final double TOLERATED = 0.05;

    /// A value at a time.
    record Sample(double hour, double value) {}

    static Trend of(List<Sample> samples) {
        int count = samples.size();
        double meanHour = samples.stream().mapToDouble(Sample::hour).average().orElse(0);
        double mean = samples.stream().mapToDouble(Sample::value).average().orElse(0);
        double squares = 0;
        double products = 0;
        for (Sample sample : samples) {
            squares += (sample.hour - meanHour) * (sample.hour - meanHour);
            products += (sample.hour - meanHour) * (sample.value - mean);
        }
        double slope = squares == 0 ? 0 : products / squares;
        double rest = 0;
        for (Sample sample : samples) {
            double off = sample.value - mean - slope * (sample.hour - meanHour);
            rest += off * off;
        }
        double error = count > 2 && squares > 0 ? Math.sqrt(rest / (count - 2) / squares) : 0;
        double hours = count == 0 ? 0 : samples.getLast().hour - samples.getFirst().hour;
        return new Trend(mean, slope, error, hours);
    }

    /// How much it grew from the first sample to the last, as a part of the mean.
    double growth() {
        return mean == 0 ? 0 : slope * hours / mean;
    }

    /// Whether it does not grow: by no more than a twentieth of its mean over the whole time, or by no more than
    /// chance would have it (two standard errors).
    boolean flat() {
        return growth() <= TOLERATED || slope <= 2 * error;
    }
}
