package dev.tidings.it;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Frames of HTTP/2 (RFC 9113, section 4) as bytes, one after another, right or wrong.
final class Http2Frames {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int NONE = 0;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// What a client begins with when it knows that the server speaks HTTP/2.
    static Http2Frames begun() {
        Http2Frames frames = new Http2Frames();
        frames.out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return frames.add(SETTINGS, NONE, 0, new byte[0]);
    }

    Http2Frames add(int type, int flags, int stream, byte[] payload) {
        out.write(payload.length >> 16);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        out.writeBytes(ByteBuffer.allocate(4).putInt(stream).array());
        out.writeBytes(payload);
        return this;
    }

    /// A request that ends with its head.
    Http2Frames request(int stream) {
        return add(HEADERS, END_HEADERS | END_STREAM, stream, head("GET", "/health/live"));
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /// The head of a request, each header a literal that is not remembered (RFC 7541, section 6.2.2).
    static byte[] head(String method, String path) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        literal(head, ":method", method);
        literal(head, ":scheme", "http");
        literal(head, ":path", path);
        literal(head, ":authority", "localhost");
        return head.toByteArray();
    }

    /// A literal whose name and value are shorter than 127 bytes.
    static void literal(ByteArrayOutputStream into, String name, String value) {
        into.write(0);
        text(into, name);
        text(into, value);
    }

    private static void text(ByteArrayOutputStream into, String text) {
        into.write(text.length());
        into.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
