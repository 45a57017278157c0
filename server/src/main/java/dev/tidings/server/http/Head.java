package dev.tidings.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the head of an HTTP/1 request must keep beyond what makes it parse. Servers that read it differently could be
/// played off against each other.
final class Head {
    private Head() {}

    /// What is wrong with it; the connection ends with it. Null where nothing is.
    static @Nullable String objection(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return null;
        }
        MultiMap headers = request.headers();
        int hosts = headers.getAll(HttpHeaders.HOST).size();
        // RFC 9112, section 3.2.
        if (hosts > 1 || hosts == 0 && request.version() == HttpVersion.HTTP_1_1) {
            return "a request has one Host header, found " + hosts;
        }
        if (headers.contains("")) {
            return "a header has a name";
        }
        List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean plain = codings.isEmpty()
                || codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked");
        // RFC 9112, section 6.3: where such a body ends is not known, and what follows it could pass for a request.
        return plain ? null : "expected the transfer coding 'chunked', or none; found " + codings;
    }
}
