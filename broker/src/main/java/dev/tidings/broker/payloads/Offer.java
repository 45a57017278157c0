package dev.tidings.broker.payloads;

import dev.tidings.broker.payloads.Payload.About;
import org.jspecify.annotations.Nullable;

/// A payload that somebody wants to store.
///
/// @param size   its bytes; negative: that is not known yet
/// @param sha256 what it must have, 64 lower-case hexadecimal digits; null: nothing is said of that
public record Offer(About about, long size, @Nullable String sha256) {
    boolean sized() {
        return size >= 0;
    }
}
