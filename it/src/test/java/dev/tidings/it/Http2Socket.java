package dev.tidings.it;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Speaks HTTP/2 in clear text frame by frame, whatever the frames are; reads all that comes meanwhile.
final class Http2Socket implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int UNKNOWN = 0x42;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final byte[] NOTHING = {};

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int HEADER = 9;
    private static final int AT_ONCE = 64 * 1024;

    private final Socket socket;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final BlockingQueue<Integer> opened = new LinkedBlockingQueue<>();
    private final CompletableFuture<OptionalInt> end = new CompletableFuture<>();

    private Http2Socket(Socket socket) {
        this.socket = socket;
        Thread.ofVirtual().start(this::listen);
        pending.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, NOTHING);
    }

    /// Begins with the preface and empty settings.
    static Http2Socket to(String address) {
        return new Http2Socket(open(address, SocketFactory.getDefault()));
    }

    /// The same over TLS.
    static Http2Socket to(String address, SSLContext tls) {
        SSLSocket socket = (SSLSocket) open(address, tls.getSocketFactory());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        return new Http2Socket(socket);
    }

    private static Socket open(String address, SocketFactory sockets) {
        URI uri = URI.create(address);
        try {
            return sockets.createSocket(uri.getHost(), uri.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Adds a frame to what is sent next.
    Http2Socket frame(int type, int flags, int stream, byte[] payload) {
        pending.writeBytes(ByteBuffer.allocate(HEADER)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        pending.writeBytes(payload);
        if (pending.size() >= AT_ONCE) {
            send();
        }
        return this;
    }

    /// Adds a whole request without a body.
    Http2Socket get(int stream, String path) {
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, head("GET", path));
    }

    /// Sends what is pending, or as much of it as the server takes before it hangs up.
    Http2Socket send() {
        try {
            pending.writeTo(socket.getOutputStream());
        } catch (IOException _) {
            // It hung up; what it said before is read.
        }
        pending.reset();
        return this;
    }

    /// The reason for which the server ended the connection, by its last `GOAWAY`, which it must; empty where it
    /// gave none.
    OptionalInt ended() {
        return Deadline.await(end);
    }

    /// Whether the server has ended the connection.
    boolean hasEnded() {
        return end.isDone();
    }

    /// The stream that is answered next.
    int answered() throws InterruptedException {
        return opened.take();
    }

    /// The fields of a head, none of them compressed.
    static byte[] head(String method, String path, String... fields) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        literal(head, ":method", method);
        literal(head, ":scheme", "http");
        literal(head, ":authority", "x");
        literal(head, ":path", path);
        for (int i = 0; i < fields.length; i += 2) {
            literal(head, fields[i], fields[i + 1]);
        }
        return head.toByteArray();
    }

    static void literal(ByteArrayOutputStream head, String name, String value) {
        head.write(0);
        string(head, name);
        string(head, value);
    }

    static void string(ByteArrayOutputStream head, String text) {
        int prefix = 127;
        int rest = text.length() - prefix;
        head.write(Math.min(text.length(), prefix));
        if (rest >= 0) {
            for (; rest >= 128; rest >>= 7) {
                head.write(rest & 127 | 128);
            }
            head.write(rest);
        }
        head.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        OptionalInt reason = OptionalInt.empty();
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                int lengthAndType = in.readInt();
                in.readByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(lengthAndType >>> 8);
                if ((lengthAndType & 255) == GOAWAY) {
                    reason = OptionalInt.of(ByteBuffer.wrap(payload).getInt(4));
                } else if ((lengthAndType & 255) == HEADERS) {
                    opened.add(stream);
                }
            }
        } catch (IOException _) {
            end.complete(reason);
        }
    }
}
