package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A consumer over WebSocket, on the JDK's client.
final class Subscription implements AutoCloseable {
    private static final Duration SOON = Duration.ofMillis(100);

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private @Nullable WebSocket socket;

    /// What came from the broker.
    sealed interface Message {
        record Text(String text) implements Message {}

        record Closed(int code, String reason) implements Message {}

        record Failed(Throwable cause) implements Message {}
    }

    WebSocket.Listener listener() {
        return new Listener();
    }

    Subscription over(WebSocket opened) {
        socket = opened;
        return this;
    }

    WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("there is no connection yet");
        }
        return socket;
    }

    /// The next message; waits for it.
    Message next() {
        try {
            Message message = messages.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
            assertThat(message).as("a message in " + Deadline.GENEROUS).isNotNull();
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// The next message; null where none comes soon.
    @Nullable
    Message poll() {
        try {
            return messages.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// The next event; waits for it.
    JsonNode event() {
        Message message = next();
        assertThat(message).isInstanceOf(Message.Text.class);
        return Json.parse(((Message.Text) message).text());
    }

    /// So many of the next events; waits for them.
    List<JsonNode> events(int count) {
        List<JsonNode> events = new ArrayList<>();
        while (events.size() < count) {
            events.add(event());
        }
        return events;
    }

    /// The end of the connection, which must be what comes next; waits for it.
    Message.Closed closed() {
        Message message = next();
        assertThat(message).isInstanceOf(Message.Closed.class);
        return (Message.Closed) message;
    }

    void send(String text) {
        Deadline.await(socket().sendText(text, true));
    }

    /// Sends it; false where the connection is lost.
    boolean trySend(String text) {
        return Deadline.await(socket().sendText(text, true).handle((_, failure) -> failure == null));
    }

    void send(byte[] bytes) {
        Deadline.await(socket().sendBinary(ByteBuffer.wrap(bytes), true));
    }

    void confirm(long offset) {
        send("confirm:" + offset);
    }

    void dead(JsonNode event) {
        send("dead:" + event);
    }

    /// Cuts the connection, as a lost network does.
    void cut() {
        socket().abort();
    }

    /// Ends it in good order; returns once the broker has answered.
    @Override
    public void close() {
        if (!socket().isOutputClosed()) {
            Deadline.await(socket().sendClose(WebSocket.NORMAL_CLOSURE, ""));
            Message message = next();
            while (message instanceof Message.Text) {
                message = next();
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(new Message.Text(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add(new Message.Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable cause) {
            messages.add(new Message.Failed(cause));
        }
    }
}
