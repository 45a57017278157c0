package dev.tidings.broker.payloads;

import dev.tidings.model.DataSize;
import java.time.Duration;

/// What payloads may take.
///
/// @param largest         the largest payload
/// @param clientBytes     all payloads of a client together, those on their way among them
/// @param clientPayloads  how many payloads a client may have
/// @param clientUploads   how many resumable uploads of a client may be unfinished
/// @param payloads        how many payloads there may be
/// @param transfers       how many payloads may be on their way at a time, in or out
/// @param clientTransfers how many of these may be one client's
/// @param unreferenced    how long a payload is kept that no event refers to
/// @param unfinished      how long a resumable upload is kept that does not go on
/// @param reserve         space that payloads leave free on the disk, so that events never lack it
public record PayloadConfig(
        DataSize largest,
        DataSize clientBytes,
        int clientPayloads,
        int clientUploads,
        int payloads,
        int transfers,
        int clientTransfers,
        Duration unreferenced,
        Duration unfinished,
        DataSize reserve) {
    public static final PayloadConfig DEFAULT = new PayloadConfig(
            DataSize.ofMebibytes(256),
            DataSize.ofGibibytes(20),
            10_000,
            20,
            50_000,
            64,
            16,
            Duration.ofHours(24),
            Duration.ofHours(24),
            DataSize.ofGibibytes(1));

    public PayloadConfig {
        require(largest.bytes() >= 1, "largest is at least one byte");
        require(clientBytes.compareTo(largest) >= 0, "client-bytes is at least largest");
        require(clientPayloads >= 1 && payloads >= clientPayloads, "payloads is at least client-payloads, and that 1");
        require(clientUploads >= 1, "client-uploads is at least 1");
        require(
                clientTransfers >= 1 && transfers >= clientTransfers,
                "transfers is at least client-transfers, and that 1");
        require(unreferenced.isPositive() && unfinished.isPositive(), "times are longer than nothing");
    }

    /// The same with another size of the largest payload, and room for as much as before.
    public PayloadConfig withLargest(DataSize newLargest) {
        return new PayloadConfig(
                newLargest,
                newLargest.compareTo(clientBytes) > 0 ? newLargest : clientBytes,
                clientPayloads,
                clientUploads,
                payloads,
                transfers,
                clientTransfers,
                unreferenced,
                unfinished,
                reserve);
    }

    /// The same with fewer transfers, of which no client has more than all.
    public PayloadConfig withTransfers(int newTransfers) {
        return new PayloadConfig(
                largest,
                clientBytes,
                clientPayloads,
                clientUploads,
                payloads,
                newTransfers,
                Math.min(clientTransfers, newTransfers),
                unreferenced,
                unfinished,
                reserve);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
