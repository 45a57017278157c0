package dev.tidings.server.streams;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// How streams are answered.
///
/// @param batch      how many events an answer holds at most, unless its request says otherwise
/// @param largest    how many it may ask for
/// @param batchBytes about how many bytes of events an answer holds at most
/// @param longest    how long a request may wait for an event
/// @param piece      about how many bytes of events a reader that follows is sent at once
/// @param heartbeat  how long a reader that follows hears nothing at most
/// @param retry      after how long a reader of server-sent events is to come back when its connection has ended
public record StreamingConfig(
        int batch,
        int largest,
        DataSize batchBytes,
        Duration longest,
        DataSize piece,
        Duration heartbeat,
        Duration retry) {
    public static final StreamingConfig DEFAULT = new StreamingConfig(
            100,
            1_000,
            DataSize.ofMebibytes(1),
            Duration.ofSeconds(60),
            DataSize.ofKibibytes(64),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2));

    public StreamingConfig {
        require(batch >= 1, "batch is at least 1");
        require(largest >= batch, "largest is at least batch");
        require(batchBytes.bytes() >= 1 && batchBytes.bytes() <= 1 << 26, "batch-bytes is 1 byte to 64MiB");
        require(!longest.isNegative(), "longest is not negative");
        require(piece.bytes() >= 1 && piece.bytes() <= 1 << 24, "piece is 1 byte to 16MiB");
        require(heartbeat.compareTo(Duration.ZERO) > 0, "heartbeat is longer than nothing");
        require(!retry.isNegative(), "retry is not negative");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
