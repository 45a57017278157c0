package dev.tidings.broker.streams;

import dev.tidings.model.DataSize;

/// What bounds reading of streams.
///
/// @param perClient how many readers a client may have at a time: those that follow, and requests in progress
/// @param readers   how many all clients together may have
/// @param readBytes how many bytes of JSON a reader reads at once
/// @param reads     how many of all readers' reads go on at once, so that groups need not wait for the disk behind them
/// @param pace      how many bytes of JSON a second all readers together read of what is behind, so that they leave
///                  the cores to others; what comes in is passed on at once
/// @param scan      about how many bytes of JSON one answer may look through for events that pass its filter
public record StreamsConfig(int perClient, int readers, DataSize readBytes, int reads, DataSize pace, DataSize scan) {
    public static final StreamsConfig DEFAULT = new StreamsConfig(
            50, 1_000, DataSize.ofKibibytes(64), 2, DataSize.ofMebibytes(128), DataSize.ofMebibytes(16));

    public StreamsConfig {
        require(perClient >= 1, "per-client is at least 1");
        require(readers >= perClient, "readers is at least per-client");
        require(readBytes.bytes() >= 1 && readBytes.bytes() <= 1 << 24, "read-bytes is 1 byte to 16MiB");
        require(reads >= 1, "reads is at least 1");
        require(pace.compareTo(readBytes) >= 0, "pace is at least read-bytes");
        require(scan.compareTo(readBytes) >= 0, "scan is at least read-bytes");
    }

    public StreamsConfig withPerClient(int newPerClient) {
        return new StreamsConfig(newPerClient, readers, readBytes, reads, pace, scan);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
