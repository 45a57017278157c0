package dev.tidings.client.listening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.wire.Received;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SocketConnectionTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private final ScriptedSocket socket = new ScriptedSocket();
    private final SocketConnection connection = new SocketConnection(new Told(), nanos::get, true);

    @Test
    void putsAMessageTogetherAndAsksForTheNext() {
        open();

        connection.onText(socket, "{\"offset\":\"1\",", false);
        connection.onText(socket, "\"id\":\"a\"}", true);

        assertThat(told).containsExactly("opened", "arrived a");
        assertThat(socket.requested).isEqualTo(3);
    }

    @Test
    void isConnectedFromItsOpeningToItsEnd() {
        assertThat(connection.isConnected()).isFalse();
        open();
        assertThat(connection.isConnected()).isTrue();
        connection.onClose(socket, 1001, "going away");
        assertThat(connection.isConnected()).isFalse();
    }

    @Test
    void confirmsHowFarEverythingIsDoneOneConfirmationAtATime() {
        open();

        connection.settling().done(2);
        assertThat(socket.sent).isEmpty();
        connection.settling().done(1);
        connection.settling().done(3);
        connection.settling().done(4);
        assertThat(socket.sent).containsExactly("confirm:2");
        socket.taken(0);
        assertThat(socket.sent).containsExactly("confirm:2", "confirm:4");
    }

    @Test
    void reportsADeadEventBeforeItConfirmsIt() {
        open();

        connection.settling().dead(1, "{}");
        socket.taken(0);

        assertThat(socket.sent).containsExactly("dead:{}", "confirm:1");
    }

    @Test
    void givesAnEventBackBeforeItConfirmsBeyondIt() {
        open();

        connection.settling().release(1, Duration.ofMillis(1_500));
        connection.settling().release(2, null);
        socket.taken(0);
        socket.taken(1);
        socket.taken(2);

        assertThat(socket.sent).containsExactly("release:1:1s500ms", "confirm:1", "release:2", "confirm:2");
    }

    @Test
    void givesUpABrokerThatDoesNotEvenPing() {
        open();
        nanos.addAndGet(MINUTE.toNanos() - 1);
        connection.onPing(socket, ByteBuffer.allocate(0));
        nanos.addAndGet(MINUTE.toNanos() - 1);
        connection.endIfSilent(MINUTE);
        assertThat(connection.settling().isOver()).isFalse();

        nanos.addAndGet(1);
        connection.endIfSilent(MINUTE);
        connection.endIfSilent(MINUTE);

        assertThat(connection.settling().isOver()).isTrue();
        assertThat(socket.aborted).isTrue();
        assertThat(told).containsExactly("opened", "lost: the broker has been silent for 60 s");
    }

    @Test
    void endsWhatDoesNotSpeakTheProtocol() {
        open();

        connection.onText(socket, "hello", true);

        assertThat(socket.aborted).isTrue();
        assertThat(told).containsExactly("opened", "lost: a message that is no event");
    }

    @Test
    void saysGoodbyeBehindWhatIsStillToBeSent() {
        open();
        connection.settling().done(1);

        var _ = connection.settling().goodbye();
        assertThat(socket.sent).containsExactly("confirm:1");
        socket.taken(0);

        assertThat(socket.sent).containsExactly("confirm:1", "close 1000");
    }

    @Test
    void givesUpWhatWouldWaitForAProcessThatIsNotComingBack() {
        SocketConnection leaving = new SocketConnection(new Told(), nanos::get, false);
        leaving.onOpen(socket);

        var _ = leaving.settling().goodbye();

        assertThat(socket.sent).containsExactly("close 4000");
    }

    @Test
    void endsWhereItOpensTooLate() {
        connection.failed("nobody waits for it");

        open();

        assertThat(socket.aborted).isTrue();
        assertThat(told).containsExactly("lost: nobody waits for it");
    }

    @Test
    void endsWhereNothingCanBeSent() {
        open();
        connection.settling().done(1);

        socket.sending.getFirst().completeExceptionally(new IllegalStateException("broken pipe"));

        assertThat(socket.aborted).isTrue();
        assertThat(told).hasSize(2).last().asString().startsWith("lost: nothing can be sent: ");
    }

    private void open() {
        connection.onOpen(socket);
    }

    private final class Told implements Connection.Events {
        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void arrived(Connection from, Received event) {
            told.add("arrived " + event.attributes().get("id"));
        }

        @Override
        public void lost(Connection gone, String why) {
            told.add("lost: " + why);
        }
    }

    /// A socket whose network takes what is sent when the test says so.
    static final class ScriptedSocket implements WebSocket {
        final List<String> sent = new CopyOnWriteArrayList<>();
        private final List<CompletableFuture<WebSocket>> sending = new CopyOnWriteArrayList<>();
        private long requested;
        private volatile boolean takesAtOnce;
        private boolean aborted;

        /// What was sent, and what will be.
        void takeAllFromNowOn() {
            takesAtOnce = true;
            takeAll();
        }

        /// Also what that lets be sent.
        void takeAll() {
            for (int i = 0; i < sending.size(); i++) {
                taken(i);
            }
        }

        void taken(int index) {
            sending.get(index).complete(this);
        }

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
            return send(data.toString());
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int code, String reason) {
            return send("close " + code);
        }

        private CompletableFuture<WebSocket> send(String what) {
            sent.add(what);
            CompletableFuture<WebSocket> taken = new CompletableFuture<>();
            sending.add(taken);
            if (takesAtOnce) {
                taken.complete(this);
            }
            return taken;
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
            return send("binary");
        }

        @Override
        public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            return send("ping");
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            return send("pong");
        }

        @Override
        public void request(long count) {
            requested += count;
        }

        @Override
        public String getSubprotocol() {
            return "cloudevents.json";
        }

        @Override
        public boolean isOutputClosed() {
            return aborted;
        }

        @Override
        public boolean isInputClosed() {
            return aborted;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }
}
