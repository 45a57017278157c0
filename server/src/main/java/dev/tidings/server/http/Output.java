package dev.tidings.server.http;

import org.jspecify.annotations.Nullable;

/// What an operation answers with when all goes well.
public enum Output {
    /// Nothing, what a producer sent, or one of several things that the route chooses from.
    OWN(null),
    JSON("application/json"),
    EVENT(ContentTypes.EVENT),
    BATCH(ContentTypes.BATCH),
    TEXT("text/plain"),
    YAML("application/yaml");

    private final @Nullable String mediaType;

    Output(@Nullable String mediaType) {
        this.mediaType = mediaType;
    }

    /// Null where there is none in particular.
    @Nullable
    String mediaType() {
        return mediaType;
    }
}
