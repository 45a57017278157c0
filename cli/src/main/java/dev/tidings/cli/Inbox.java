package dev.tidings.cli;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What a WebSocket received and nobody took yet. It holds a bounded number of messages: the next is asked for when
/// one was taken, so a slow reader slows the broker down.
public final class Inbox implements WebSocket.Listener {
    private static final int CREDIT = 256;

    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    /// Empty, for one connection.
    public Inbox() {}

    /// The next thing received; null where nothing came in time.
    public @Nullable Received take(WebSocket socket, Duration timeout) throws InterruptedException {
        Received received = queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (received instanceof Received.Text) {
            socket.request(1);
        }
        return received;
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(CREDIT);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            queue.add(new Received.Text(partial.toString()));
            partial.setLength(0);
        } else {
            socket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        queue.add(new Received.Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        queue.add(new Received.Lost(Reasons.of(error)));
    }

    /// What can come in.
    public sealed interface Received {
        record Text(String text) implements Received {}

        /// The broker closed the connection.
        record Closed(int code, String reason) implements Received {}

        /// The connection broke.
        record Lost(String why) implements Received {}
    }
}
