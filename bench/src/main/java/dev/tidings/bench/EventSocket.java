package dev.tidings.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A WebSocket consumer instance that reads frames with hardly any work. All of it happens on the event loop of its
/// client.
public final class EventSocket {
    private static final int TEXT = 1;
    private static final int PING = 9;
    private static final int PONG = 10;

    /// Gets each event.
    public interface Receiver {
        /// @param from its offset is that of this event
        /// @param all  holds the JSON of the event from `start` until `end`
        void received(EventSocket from, Buffer all, int start, int end);
    }

    private final Receiver receiver;
    private final Runnable opened;
    private @Nullable NetSocket socket;
    private Buffer rest = Buffer.buffer();
    private Runnable whenClosed = () -> {};
    private boolean upgraded;
    private boolean closed;
    private long offset;

    /// @param opened runs once the server has agreed
    public EventSocket(Receiver receiver, Runnable opened) {
        this.receiver = receiver;
        this.opened = opened;
    }

    /// @param client to be held by the caller for as long as the socket is to be open: Vert.x closes the connections of
    ///               a client that nobody holds
    /// @param query  the parameters of the instance
    public void open(NetClient client, int port, String query) {
        client.connect(port, "127.0.0.1").onFailure(refused -> whenClosed.run()).onSuccess(connected -> {
            if (closed) {
                connected.close();
                return;
            }
            socket = connected;
            connected.handler(this::read);
            connected.closeHandler(nothing -> whenClosed.run());
            connected.write("GET /ce/consume/ws?" + query + " HTTP/1.1\r\nhost: localhost\r\n"
                    + "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
                    + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "sec-websocket-protocol: cloudevents.json\r\n\r\n");
        });
    }

    /// Runs when the connection has ended, whoever ended it; to be said before it is opened.
    public void whenClosed(Runnable work) {
        whenClosed = work;
    }

    /// Of the newest event received; 0: none was.
    public long offset() {
        return offset;
    }

    /// Whether this end has closed it.
    public boolean closed() {
        return closed;
    }

    public void confirm(long upTo) {
        frame(TEXT, ("confirm:" + upTo).getBytes(StandardCharsets.US_ASCII));
    }

    /// @param event its JSON as it was received
    public void dead(Buffer event) {
        frame(TEXT, Buffer.buffer("dead:").appendBuffer(event).getBytes());
    }

    /// Ends it as a process does that dies: what arrives from now on is thrown away.
    public void close() {
        closed = true;
        if (socket != null) {
            socket.close();
        }
    }

    private void read(Buffer chunk) {
        Buffer all = rest.length() == 0 ? chunk : rest.appendBuffer(chunk);
        int at = 0;
        if (!upgraded) {
            at = Answers.endOfHead(all);
            if (at < 0) {
                rest = all;
                return;
            }
            upgraded = true;
            opened.run();
        }
        int next = take(all, at);
        while (next > 0 && !closed) {
            at = next;
            next = take(all, at);
        }
        rest = at == all.length() ? Buffer.buffer() : all.getBuffer(at, all.length());
    }

    /// Takes the frame at `at` and returns where the next begins, or -1 where it is not whole yet.
    private int take(Buffer all, int at) {
        if (all.length() - at < 2) {
            return -1;
        }
        int opcode = all.getByte(at) & 0x0f;
        int length = all.getByte(at + 1) & 0x7f;
        int start = at + (length < 126 ? 2 : length == 126 ? 4 : 10);
        if (all.length() < start) {
            return -1;
        }
        if (length >= 126) {
            length = length == 126 ? all.getUnsignedShort(at + 2) : (int) all.getLong(at + 2);
        }
        if (all.length() < start + length) {
            return -1;
        }
        if (opcode == TEXT) {
            offset++;
            receiver.received(this, all, start, start + length);
        } else if (opcode == PING) {
            frame(PONG, all.getBytes(start, start + length));
        }
        return start + length;
    }

    /// The mask is zero, so the payload stays as it is.
    private void frame(int opcode, byte[] payload) {
        if (socket == null) {
            return;
        }
        Buffer frame = Buffer.buffer(payload.length + 14).appendByte((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.appendByte((byte) (0x80 | payload.length));
        } else {
            frame.appendByte((byte) (0x80 | 126)).appendUnsignedShort(payload.length);
        }
        socket.write(frame.appendInt(0).appendBytes(payload));
    }
}
