package dev.tidings.server.polling;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// How polls are answered.
///
/// @param timeout    how long a poll waits for an event, unless it says otherwise
/// @param longest    how long a poll may ask to wait
/// @param expiry     after how long without a call an instance ends
/// @param batch      how many events a poll for a batch gets at most, unless it says otherwise
/// @param largest    how many it may ask for
/// @param batchBytes about how many bytes of events a batch has at most
public record PollingConfig(
        Duration timeout, Duration longest, Duration expiry, int batch, int largest, DataSize batchBytes) {
    public static final PollingConfig DEFAULT = new PollingConfig(
            Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5), 100, 1000, DataSize.ofMebibytes(1));

    public PollingConfig {
        require(!timeout.isNegative(), "timeout is not negative");
        require(longest.compareTo(timeout) >= 0, "longest is at least timeout");
        require(expiry.compareTo(longest) > 0, "expiry is longer than longest, or instances expire while they poll");
        require(batch >= 1, "batch is at least 1");
        require(largest >= batch, "largest is at least batch");
        require(batchBytes.bytes() >= 1 && batchBytes.bytes() <= 1 << 26, "batch-bytes is 1 byte to 64MiB");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
