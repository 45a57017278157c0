package dev.tidings.broker.payloads;

import dev.tidings.broker.payloads.Payload.About;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A resumable upload that is not finished. It has the id that its payload will have.
///
/// @param size    what the payload will have
/// @param sha256  what it must have; null: nothing was said of that
/// @param offset  so many bytes are durable
/// @param touched when it last went on
public record Upload(
        PayloadId id, About about, long size, @Nullable String sha256, long offset, Instant touched) {
    Upload at(long newOffset, Instant now) {
        return new Upload(id, about, size, sha256, newOffset, now);
    }
}
