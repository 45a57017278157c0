package dev.tidings.server.streams;

import dev.tidings.server.http.Accept;
import dev.tidings.server.http.ContentTypes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The forms in which the events of a stream are told.
enum StreamForm {
    /// An object with the events, and where to go on.
    PAGE("application/json"),
    /// The batch of the CloudEvents JSON format; where to go on, a header tells.
    BATCH(ContentTypes.BATCH),
    /// A line for each event, for as long as the client stays.
    LINES("application/x-ndjson"),
    /// Server-sent events, for as long as the client stays.
    MESSAGES("text/event-stream");

    static final List<String> MEDIA_TYPES =
            Arrays.stream(values()).map(StreamForm::mediaType).toList();

    private final String mediaType;

    StreamForm(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /// Whether it goes on until somebody ends it.
    boolean follows() {
        return this == LINES || this == MESSAGES;
    }

    /// The form that the client likes best; null where it takes none.
    static @Nullable StreamForm accepted(@Nullable String accept) {
        String best = Accept.best(accept, MEDIA_TYPES);
        return best == null ? null : values()[MEDIA_TYPES.indexOf(best)];
    }
}
