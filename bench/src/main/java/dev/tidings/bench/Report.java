package dev.tidings.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// Prints rows of figures, as a Markdown table.
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void head() {
        out.println("| job | server CPU µs/event | events/s | p50 ms | p99 ms | p99.9 ms | failures |");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    void row(String job, double cpuMicros, Load.Result result) {
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %,.0f | %s | %d |%n",
                job,
                cpuMicros / Math.max(1, result.events()),
                result.perSecond(),
                percentiles(result.latencyMicros()),
                result.failures());
        out.flush();
    }

    void row(String job, String figures) {
        out.printf("| %s | %s |%n", job, figures);
        out.flush();
    }

    static String percentiles(Histogram micros) {
        return String.format(
                Locale.ROOT,
                "%.2f | %.2f | %.2f",
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0,
                micros.getValueAtPercentile(99.9) / 1000.0);
    }
}
