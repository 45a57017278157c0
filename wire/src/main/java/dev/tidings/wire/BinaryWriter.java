package dev.tidings.wire;

import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.wire.BinaryMessage.Header;
import dev.tidings.wire.json.JsonCursor;
import dev.tidings.wire.json.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns one stored event into headers and a body. Mind that a dead event is as its reporter wrote it: a JSON
/// object, and nothing else is sure.
final class BinaryWriter {
    private static final StrictJson STORED = new StrictJson(Integer.MAX_VALUE);

    private final List<Header> headers = new ArrayList<>();
    private @Nullable String contentType;
    private @Nullable Bytes data;
    private @Nullable String base64;

    BinaryMessage write(Delivery delivery) {
        if (delivery.offset() != Delivery.NO_OFFSET) {
            header("offset", Long.toString(delivery.offset()));
        }
        if (!delivery.timed()) {
            header("time", new String(Rfc3339.format(delivery.acceptedMillis()), StandardCharsets.US_ASCII));
        }
        return STORED.read(delivery.json(), cursor -> {
            cursor.value();
            cursor.enter();
            while (cursor.member()) {
                member(cursor, cursor.name());
            }
            return message();
        });
    }

    private void member(JsonCursor cursor, String name) {
        Token token = cursor.value();
        boolean string = token == Token.STRING;
        String text = string ? cursor.string() : "";
        Bytes value = cursor.slice(cursor.at(), cursor.skip());
        switch (Attribute.named(name)) {
            case DATA -> data = value;
            case DATA_BASE64 -> base64 = string ? text : null;
            case DATACONTENTTYPE -> contentType = string ? text : null;
            case OFFSET -> {}
            default -> {
                if (token != Token.NULL && isToken(name)) {
                    header(name, string ? text : value.toUtf8());
                }
            }
        }
    }

    private BinaryMessage message() {
        MediaType type = contentType == null ? MediaType.JSON : MediaType.parse(contentType);
        String told = type == null ? "application/octet-stream" : contentType;
        if (base64 != null) {
            boolean wellFormed = Base64Text.wellFormed(base64);
            return new BinaryMessage(told, headers, wellFormed ? Base64Text.decode(base64) : Bytes.utf8(base64));
        }
        if (data == null) {
            return new BinaryMessage(told, headers, Bytes.EMPTY);
        }
        if (type != null && type.json()) {
            return new BinaryMessage(told == null ? type.essence() : told, headers, data);
        }
        return new BinaryMessage(told, headers, data.at(0) == '"' ? string(data) : data);
    }

    private static Bytes string(Bytes quoted) {
        return STORED.read(quoted, cursor -> {
            cursor.value();
            return Bytes.utf8(cursor.string());
        });
    }

    private void header(String name, String value) {
        headers.add(new Header(BinaryMessage.PREFIX + name, HeaderValue.encode(value)));
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> MediaType.tokenChar((char) c));
    }
}
