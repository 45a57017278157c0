package dev.tidings.server.payloads;

import dev.tidings.broker.payloads.Payload;
import dev.tidings.model.Bytes;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Answer.Header;
import dev.tidings.server.http.Exchange;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of a payload a request is answered with. Pure.
///
/// @param head   status and headers
/// @param first  the first byte
/// @param length how many bytes follow the head; 0: none
record Fetching(Answer head, long first, long length) {
    static final String REPR_DIGEST = "Repr-Digest";

    /// What a request asks for.
    ///
    /// @param head whether it wants no bytes
    record Wish(
            boolean head,
            @Nullable String range,
            @Nullable String ifRange,
            @Nullable String ifNoneMatch) {
        static Wish of(Exchange exchange) {
            return new Wish(
                    exchange.request().method().equals(HttpMethod.HEAD),
                    exchange.header("Range"),
                    exchange.header("If-Range"),
                    exchange.header(HttpHeaders.IF_NONE_MATCH));
        }
    }

    /// Null where no byte that is wanted is there.
    static @Nullable Fetching of(Payload payload, Wish wish) {
        String tag = '"' + payload.sha256() + '"';
        if (wish.ifNoneMatch != null && matches(wish.ifNoneMatch, tag)) {
            return new Fetching(Answer.empty(304).with(new Header(HttpHeaders.ETAG, tag)), 0, 0);
        }
        // RFC 9110, section 13.1.5: a tag that differs, or a date, which we give none of, asks for everything.
        boolean ranged = wish.range != null && !wish.head && (wish.ifRange == null || wish.ifRange.equals(tag));
        return switch (ByteRange.of(ranged ? wish.range : null, payload.size())) {
            case ByteRange.Outside() -> null;
            case ByteRange.Everything() -> everything(payload, wish);
            case ByteRange.Part part -> {
                List<Header> headers = headers(payload);
                headers.add(new Header(
                        HttpHeaders.CONTENT_RANGE, "bytes " + part.first() + "-" + part.last() + "/" + payload.size()));
                yield new Fetching(answer(206, payload, headers), part.first(), part.length());
            }
        };
    }

    /// What is told where no byte that is wanted is there.
    static Refusal outside(Payload payload) {
        return Refusal.of(
                ErrorCode.RANGE_NOT_SATISFIABLE,
                "the payload has " + payload.size() + " bytes, and the range begins behind them");
    }

    private static Fetching everything(Payload payload, Wish wish) {
        List<Header> headers = headers(payload);
        headers.add(new Header("Content-Digest", Digests.header(payload.sha256())));
        boolean none = wish.head || payload.size() == 0;
        if (none) {
            headers.add(new Header(HttpHeaders.CONTENT_LENGTH, Long.toString(payload.size())));
        }
        return new Fetching(answer(200, payload, headers), 0, none ? 0 : payload.size());
    }

    /// A payload is somebody's bytes: no browser is to show it, guess what it is, or run what is in it.
    private static List<Header> headers(Payload payload) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header(HttpHeaders.ETAG, '"' + payload.sha256() + '"'));
        headers.add(new Header(HttpHeaders.ACCEPT_RANGES, "bytes"));
        headers.add(new Header(REPR_DIGEST, Digests.header(payload.sha256())));
        headers.add(new Header("Content-Disposition", "attachment"));
        headers.add(new Header("X-Content-Type-Options", "nosniff"));
        headers.add(new Header("Content-Security-Policy", "sandbox"));
        headers.add(new Header(HttpHeaders.CACHE_CONTROL, "private, no-cache"));
        return headers;
    }

    private static Answer answer(int status, Payload payload, List<Header> headers) {
        return Answer.of(status, payload.about().contentType(), Bytes.EMPTY).with(headers.toArray(Header[]::new));
    }

    private static boolean matches(String header, String tag) {
        for (String one : header.split(",", -1)) {
            String stripped = one.strip();
            if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }
}
