package dev.tidings.client.listening;

import dev.tidings.model.Bytes;
import dev.tidings.wire.ClientMessage;
import dev.tidings.wire.Received;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection by WebSocket.
final class SocketConnection implements Connection, WebSocket.Listener, Settling.Messages {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    /// More than any event has, so that nothing that is no broker fills the memory.
    private static final int LONGEST = 16 << 20;

    /// The status by which a consumer gives up what would stay reserved for its process.
    private static final int RENOUNCED = 4000;

    private final int goodbye;
    private final Events events;
    private final LongSupplier nanos;
    private final StringBuilder text = new StringBuilder();
    private final Settling settling;
    private volatile @Nullable WebSocket socket;
    private volatile long heard;

    /// @param nanos   a clock that only goes forward
    /// @param returns whether what is left unconfirmed is to wait for the process
    SocketConnection(Events events, LongSupplier nanos, boolean returns) {
        this.goodbye = returns ? WebSocket.NORMAL_CLOSURE : RENOUNCED;
        this.events = events;
        this.nanos = nanos;
        this.settling = new Settling(this, this::failed, nanos);
        this.heard = nanos.getAsLong();
    }

    /// The broker pings more often than that, so the network has lost one side without telling the other.
    @Override
    public void endIfSilent(Duration time) {
        if (nanos.getAsLong() - heard >= time.toNanos()) {
            failed("the broker has been silent for " + time.toSeconds() + " s");
        }
    }

    @Override
    public boolean isConnected() {
        return socket != null && !settling.isOver();
    }

    @Override
    public Settling settling() {
        return settling;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        if (settling.isOver()) {
            opened.abort();
            return;
        }
        heard();
        events.opened();
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        heard();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heard();
        if (text.length() + data.length() > LONGEST) {
            end("a message of more than " + LONGEST + " characters");
            return null;
        }
        if (last) {
            Bytes message = Bytes.utf8(whole(data));
            Received.parse(message)
                    .ifPresentOrElse(event -> events.arrived(this, event), () -> end("a message that is no event"));
        } else {
            text.append(data);
        }
        from.request(1);
        return null;
    }

    private String whole(CharSequence end) {
        if (text.length() == 0) {
            return end.toString();
        }
        String whole = text.append(end).toString();
        text.setLength(0);
        return whole;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        end("a binary message");
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        lost(code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        lost(String.valueOf(failure));
    }

    @Override
    public void failed(String why) {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        lost(why);
    }

    @Override
    public CompletableFuture<?> confirm(long upTo) {
        return opened().sendText(ClientMessage.confirm(upTo), true);
    }

    @Override
    public CompletableFuture<?> dead(String report) {
        return opened().sendText("dead:" + report, true);
    }

    @Override
    public CompletableFuture<?> release(long offset, @Nullable Duration delay) {
        return opened().sendText(ClientMessage.release(offset, delay), true);
    }

    @Override
    public CompletableFuture<?> goodbye() {
        WebSocket open = socket;
        return open == null ? CompletableFuture.completedFuture(null) : open.sendClose(goodbye, "");
    }

    /// What is said of events is said to the socket by which they came.
    private WebSocket opened() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("nothing can have come by a connection that is not open");
        }
        return open;
    }

    private void heard() {
        heard = nanos.getAsLong();
    }

    private void end(String why) {
        LOG.error("the broker sent {}", why);
        failed(why);
    }

    private void lost(String why) {
        if (settling.end()) {
            events.lost(this, why);
        }
    }
}
