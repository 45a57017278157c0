package dev.tidings.server.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A WebSocket client that sends whatever bytes it is told to, however hostile.
final class RawSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CONTINUATION = 0;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final String HANDSHAKE = String.join(
            "\r\n",
            "GET /ce/consume/ws HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");
    private static final int PATIENCE = 10_000;
    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;

    private final Socket socket;
    private final DataInputStream in;

    /// What came: the first byte of its header, and its payload.
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Frame(int first, byte[] payload) {
        int opcode() {
            return first & 0x0f;
        }

        boolean compressed() {
            return (first & COMPRESSED) != 0;
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }

        String closeReason() {
            return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    RawSocket(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Opens a WebSocket, with these headers besides the usual ones.
    RawSocket upgrade(String... headers) {
        String head = handshake(headers);
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("not upgraded: " + head);
        }
        return this;
    }

    /// The head of the answer to a handshake.
    String handshake(String... headers) {
        StringBuilder request = new StringBuilder(HANDSHAKE);
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        raw(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        return readHead();
    }

    String readHead() {
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Passes over the JSON document that comes next, which has no other inside.
    void skipDocument() {
        try {
            int last;
            do {
                last = in.readUnsignedByte();
            } while (last != '}');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawSocket raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawSocket text(String text) {
        return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    RawSocket frame(int opcode, byte[] payload) {
        return raw(encode(FINAL | opcode, payload));
    }

    RawSocket fragment(int opcode, byte[] payload) {
        return raw(encode(opcode, payload));
    }

    RawSocket compressed(byte[] deflated) {
        return raw(encode(FINAL | COMPRESSED | TEXT, deflated));
    }

    /// A masked frame, by the mask 0, which changes nothing.
    static byte[] encode(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 1 << 16) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            out.writeBytes(new byte[4]);
            out.writeBytes(new byte[] {
                (byte) (payload.length >> 24),
                (byte) (payload.length >> 16),
                (byte) (payload.length >> 8),
                (byte) payload.length
            });
        }
        out.writeBytes(new byte[4]);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    Frame read() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            return new Frame(first, in.readNBytes(length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the server has ended the connection, or does so within the client's patience.
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return e.getMessage() != null && e.getMessage().contains("reset");
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
