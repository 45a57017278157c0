package dev.tidings.broker.consuming;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// What bounds consuming.
///
/// @param inflight    how many unconfirmed deliveries an instance may have where it does not say
/// @param mostInflight the most it may ask for
/// @param instances   how many open instances a client may have
/// @param groups      how many groups a client may have
/// @param waiting     how many events of a group may wait for keys that are in flight, and how many unsettled
///                    events of a lane are offered at once
/// @param readBytes   how many bytes of JSON a group or lane reads at once from one partition
/// @param kept        how much of what was read all groups together keep in memory for events that wait for their
///                    keys; the rest is read again when its turn comes
/// @param unsettled   how many unsettled events (in flight, or waiting for their keys) all groups together hold in
///                    memory, some 150 bytes each; those of one client a quarter of it. 1,000 are always allowed to a
///                    group
/// @param firstRetry  how long after a failed store of cursors it is tried again; doubled each time
/// @param lastRetry   the longest such wait
/// @param testAge     for how long a test event is kept and offered
/// @param deadAge     for how long a dead event is kept and offered
public record ConsumingConfig(
        int inflight,
        int mostInflight,
        int instances,
        int groups,
        int waiting,
        int readBytes,
        DataSize kept,
        int unsettled,
        Duration firstRetry,
        Duration lastRetry,
        Duration testAge,
        Duration deadAge) {
    public static final ConsumingConfig DEFAULT = new ConsumingConfig(
            10_000,
            100_000,
            1_000,
            100,
            20_000,
            256 * 1024,
            DataSize.ofMebibytes(64),
            2_000_000,
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofDays(30));

    public ConsumingConfig {
        atLeastOne("inflight", inflight);
        atLeastOne("instances", instances);
        atLeastOne("groups", groups);
        atLeastOne("waiting", waiting);
        atLeastOne("read-bytes", readBytes);
        atLeastOne("unsettled", unsettled);
        if (mostInflight < inflight) {
            throw new IllegalArgumentException(
                    "most-inflight is at least inflight, " + inflight + ", found " + mostInflight);
        }
        if (testAge.compareTo(Duration.ZERO) <= 0 || deadAge.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException(
                    "test-age and dead-age are above zero, found " + testAge + " and " + deadAge);
        }
        if (firstRetry.isNegative() || firstRetry.isZero() || lastRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException(
                    "first-retry is above zero and at most last-retry, found " + firstRetry + " and " + lastRetry);
        }
    }

    public ConsumingConfig withKept(DataSize newKept) {
        return new ConsumingConfig(
                inflight,
                mostInflight,
                instances,
                groups,
                waiting,
                readBytes,
                newKept,
                unsettled,
                firstRetry,
                lastRetry,
                testAge,
                deadAge);
    }

    public ConsumingConfig withUnsettled(int newUnsettled) {
        return new ConsumingConfig(
                inflight,
                mostInflight,
                instances,
                groups,
                waiting,
                readBytes,
                kept,
                newUnsettled,
                firstRetry,
                lastRetry,
                testAge,
                deadAge);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1, found " + value);
        }
    }
}
