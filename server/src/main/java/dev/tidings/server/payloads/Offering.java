package dev.tidings.server.payloads;

import dev.tidings.broker.payloads.Offer;
import dev.tidings.broker.payloads.Payload.About;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.Query;
import dev.tidings.server.payloads.Digests.Digest;
import dev.tidings.wire.MediaType;
import org.jspecify.annotations.Nullable;

/// Reads what a request says of the payload that it brings, or announces.
sealed interface Offering {
    int LONGEST_MEDIA_TYPE = 255;
    long UNKNOWN = -1;

    record Said(Offer offer) implements Offering {}

    record Refused(Refusal refusal) implements Offering {}

    /// @param size null: that is not known yet
    static Offering of(Exchange exchange, @Nullable Long size) {
        Query query = exchange.query();
        EventType type = EventType.parse(query.text("type") == null ? "" : query.text("type"))
                .orElse(null);
        if (type == null) {
            query.complain("type", "the type of the events that will refer to the payload");
        }
        Refusal refusal = query.refusal();
        String contentType = exchange.contentType() == null ? "application/octet-stream" : exchange.contentType();
        if (refusal == null && !(contentType.length() <= LONGEST_MEDIA_TYPE && MediaType.parse(contentType) != null)) {
            refusal = Refusal.of(
                    ErrorCode.MALFORMED_REQUEST,
                    "Content-Type is a media type of at most 255 characters, such as" + " application/pdf");
        }
        Digest digest = Digests.either(digest(exchange, "Content-Digest"), digest(exchange, "Repr-Digest"));
        if (refusal != null || type == null) {
            return new Refused(refusal == null ? Refusal.of(ErrorCode.INVALID_PARAMETER, "type") : refusal);
        }
        return switch (digest) {
            case Digest.Refused(Refusal refused) -> new Refused(refused);
            case Digest.Said(String sha256) ->
                new Said(new Offer(
                        new About(exchange.caller().client(), type, contentType),
                        size == null ? UNKNOWN : size,
                        sha256));
        };
    }

    static Digest digest(Exchange exchange, String header) {
        return Digests.parse(header, exchange.header(header));
    }

    /// A whole number in a header; null where there is none, negative where it is none.
    static @Nullable Long number(Exchange exchange, CharSequence header) {
        String value = exchange.header(header);
        if (value == null) {
            return null;
        }
        boolean digits =
                !value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(value) : UNKNOWN;
    }
}
