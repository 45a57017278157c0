package dev.tidings.broker.quotas;

import dev.tidings.broker.catalog.ClientEntry.Quotas;
import dev.tidings.model.DataSize;
import java.time.Duration;

/// The limits of a client for which the catalog names none.
///
/// @param eventsPerSecond how many events it may publish in the long run
/// @param bytesPerSecond  how much JSON of events it may publish in the long run; at most 900MiB
/// @param burst           for how long it may save up what it does not use
public record QuotaConfig(int eventsPerSecond, DataSize bytesPerSecond, Duration burst) {
    public static final QuotaConfig DEFAULT =
            new QuotaConfig(1_000_000, DataSize.ofMebibytes(512), Duration.ofSeconds(2));

    public QuotaConfig {
        if (eventsPerSecond < 1) {
            throw new IllegalArgumentException("events per second: expected at least 1, found " + eventsPerSecond);
        }
        if (bytesPerSecond.bytes() < 1 || bytesPerSecond.compareTo(Quotas.MOST_BYTES) > 0) {
            throw new IllegalArgumentException(
                    "bytes per second: expected 1 to " + Quotas.MOST_BYTES + ", found " + bytesPerSecond);
        }
        if (burst.compareTo(Duration.ofSeconds(1)) < 0 || burst.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("burst: expected one second to one hour, found " + burst);
        }
    }
}
