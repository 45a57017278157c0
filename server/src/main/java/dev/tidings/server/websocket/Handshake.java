package dev.tidings.server.websocket;

import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a request is the opening handshake of a WebSocket that we can speak (RFC 6455, section 4.2.1).
final class Handshake {
    static final String SUBPROTOCOL = "cloudevents.json";
    private static final int KEY_BYTES = 16;
    private static final String OTHERWISE = "; to consume without one, POST /ce/consumers";

    private Handshake() {}

    /// What is wrong with it; null where nothing is.
    static @Nullable Refusal objection(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_1_1) {
            return malformed("this address is a WebSocket, which is opened over HTTP/1.1 here, found "
                    + request.version() + OTHERWISE);
        }
        MultiMap headers = request.headers();
        if (!lists(headers, HttpHeaders.UPGRADE, "websocket") || !lists(headers, HttpHeaders.CONNECTION, "upgrade")) {
            return malformed(
                    "this address is a WebSocket: expected 'Connection: Upgrade' and 'Upgrade: websocket'" + OTHERWISE);
        }
        if (!"13".equals(headers.get("Sec-WebSocket-Version"))) {
            return malformed("expected 'Sec-WebSocket-Version: 13', found " + headers.get("Sec-WebSocket-Version"));
        }
        if (!isKey(headers.get("Sec-WebSocket-Key"))) {
            return malformed("expected a 'Sec-WebSocket-Key' of 16 bytes in base64");
        }
        return subprotocol(headers.getAll("Sec-WebSocket-Protocol"));
    }

    private static @Nullable Refusal subprotocol(List<String> asked) {
        boolean ours = asked.isEmpty() || asked.stream().anyMatch(header -> lists(header, SUBPROTOCOL, false));
        return ours
                ? null
                : Refusal.of(
                        ErrorCode.UNSUPPORTED_SUBPROTOCOL,
                        "expected the sub-protocol '" + SUBPROTOCOL + "', or none; found only " + asked);
    }

    private static boolean lists(MultiMap headers, CharSequence name, String token) {
        return headers.getAll(name).stream().anyMatch(header -> lists(header, token, true));
    }

    private static boolean lists(String header, String token, boolean anyCase) {
        for (String part : header.split(",", -1)) {
            if (anyCase ? part.strip().equalsIgnoreCase(token) : part.strip().equals(token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Refusal malformed(String detail) {
        return Refusal.of(ErrorCode.MALFORMED_REQUEST, detail);
    }
}
