package dev.tidings.server.http;

import dev.tidings.model.Bytes;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an exchange is answered with.
///
/// @param contentType null where there is no body
public record Answer(int status, @Nullable CharSequence contentType, Bytes body, List<Header> headers) {
    public static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    public static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");
    public static final Answer NO_CONTENT = empty(204);

    public Answer {
        headers = List.copyOf(headers);
    }

    public record Header(CharSequence name, CharSequence value) {}

    public static Answer empty(int status) {
        return new Answer(status, null, Bytes.EMPTY, List.of());
    }

    public static Answer json(int status, Bytes body) {
        return new Answer(status, JSON, body, List.of());
    }

    public static Answer of(int status, CharSequence contentType, Bytes body) {
        return new Answer(status, contentType, body, List.of());
    }

    public Answer with(Header... more) {
        return new Answer(status, contentType, body, List.of(more));
    }
}
