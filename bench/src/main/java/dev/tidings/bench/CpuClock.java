package dev.tidings.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Tells how much CPU another process has used, to the nanosecond where the system counts it for each thread
/// (Linux), in ticks of its clock elsewhere. What a thread used that ended between two readings is missed.
public final class CpuClock {
    private final ProcessHandle process;
    private Map<String, Long> last = new HashMap<>();

    public CpuClock(ProcessHandle process) {
        this.process = process;
        lapMicros();
    }

    /// User and system time since the last lap, or since this clock was made.
    public double lapMicros() {
        Map<String, Long> now = readings();
        long nanos = 0;
        for (Map.Entry<String, Long> thread : now.entrySet()) {
            nanos += thread.getValue() - last.getOrDefault(thread.getKey(), 0L);
        }
        last = now;
        return nanos / 1e3;
    }

    private Map<String, Long> readings() {
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        Map<String, Long> readings = new HashMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                read(thread, readings);
            }
        } catch (IOException notLinux) {
            Duration all = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return Map.of("all", all.toNanos());
        }
        return readings;
    }

    private static void read(Path thread, Map<String, Long> readings) {
        try {
            String figures = Files.readString(thread.resolve("schedstat"));
            readings.put(thread.getFileName().toString(), Long.parseLong(figures.substring(0, figures.indexOf(' '))));
        } catch (IOException ended) {
            readings.remove(thread.getFileName().toString());
        }
    }
}
