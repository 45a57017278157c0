package dev.tidings.broker.publishing;

import dev.tidings.model.DataSize;

/// How events are taken in.
///
/// @param event      the largest event of a type that names no `max-size`
/// @param validation how much data is validated against schemas on the calling thread; more goes to the worker
public record PublishConfig(DataSize event, DataSize validation) {
    public static final PublishConfig DEFAULT = new PublishConfig(DataSize.ofKibibytes(64), DataSize.ofKibibytes(16));

    public PublishConfig {
        if (event.bytes() < 1) {
            throw new IllegalArgumentException("the largest event has at least 1 byte");
        }
    }
}
