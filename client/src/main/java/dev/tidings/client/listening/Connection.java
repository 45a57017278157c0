package dev.tidings.client.listening;

import dev.tidings.model.Bytes;
import dev.tidings.wire.Received;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket to the broker, which is one instance of the listener's group: offsets are its own. May be
/// used by any thread.
final class Connection implements WebSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /// More than any event has, so that nothing that is no broker fills the memory.
    private static final int LONGEST = 16 << 20;

    /// The status by which a consumer gives up what would stay reserved for its process.
    private static final int RENOUNCED = 4000;

    private final int goodbye;
    private final Events events;
    private final LongSupplier nanos;
    private final StringBuilder text = new StringBuilder();
    private final Floor floor = new Floor();
    private @Nullable WebSocket socket;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private boolean confirming;
    private long confirmed;
    private boolean over;
    private long heard;

    /// Who gets what comes.
    interface Events {
        /// The connection is there; told once, before everything else, or never.
        void opened();

        void arrived(Connection from, Received event);

        /// The connection is over; told once.
        void lost(Connection gone, String why);
    }

    /// @param nanos   a clock that only goes forward
    /// @param returns whether what is left unconfirmed is to wait for the process
    Connection(Events events, LongSupplier nanos, boolean returns) {
        this.goodbye = returns ? WebSocket.NORMAL_CLOSURE : RENOUNCED;
        this.events = events;
        this.nanos = nanos;
        this.heard = nanos.getAsLong();
    }

    /// Gives the connection up where the broker has been silent for so long: it pings more often than that,
    /// so the network has lost one side without telling the other.
    void endIfSilent(Duration time) {
        boolean silent;
        synchronized (this) {
            silent = nanos.getAsLong() - heard >= time.toNanos();
        }
        if (silent) {
            failed("the broker has been silent for " + time.toSeconds() + " s");
        }
    }

    /// Whether what arrived can still be confirmed.
    synchronized boolean isOpen() {
        return !over;
    }

    /// Whether it has come about, and is not over.
    synchronized boolean isConnected() {
        return socket != null && !over;
    }

    @Override
    public void onOpen(WebSocket opened) {
        boolean tooLate;
        synchronized (this) {
            socket = opened;
            tooLate = over;
        }
        if (tooLate) {
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

    /// It can't be used, or never came about.
    void failed(String why) {
        abort();
        lost(why);
    }

    /// An event was handled. It is confirmed as soon as all those before it are.
    void done(long offset) {
        synchronized (this) {
            floor.done(offset);
        }
        confirm();
    }

    /// An event can't be handled.
    ///
    /// @param report the event with what is to be said of it
    void dead(long offset, String report) {
        Future<?> unused = send("dead:" + report);
        done(offset);
    }

    /// Says goodbye, behind everything that is to be sent before.
    CompletionStage<?> close() {
        synchronized (this) {
            WebSocket open = socket;
            if (open != null) {
                sending = sending.handle((sent, failure) -> null).thenCompose(sent -> open.sendClose(goodbye, ""));
            }
            return sending;
        }
    }

    private void confirm() {
        long upTo;
        synchronized (this) {
            upTo = floor.reached();
            if (confirming || upTo == confirmed || over) {
                return;
            }
            confirming = true;
            confirmed = upTo;
        }
        Future<?> unused = send("confirm:" + upTo).thenRun(() -> {
            synchronized (this) {
                confirming = false;
            }
            confirm();
        });
    }

    private CompletableFuture<?> send(String message) {
        CompletableFuture<?> sent;
        synchronized (this) {
            WebSocket open = socket;
            if (open != null && !over) {
                sending = sending.thenCompose(before -> open.sendText(message, true));
            }
            sent = sending;
        }
        return sent.whenComplete((done, failure) -> {
            if (failure != null) {
                failed("nothing can be sent: " + failure);
            }
        });
    }

    private synchronized void heard() {
        heard = nanos.getAsLong();
    }

    private void abort() {
        WebSocket open;
        synchronized (this) {
            open = socket;
        }
        if (open != null) {
            open.abort();
        }
    }

    private void end(String why) {
        LOG.error("the broker sent {}", why);
        failed(why);
    }

    private void lost(String why) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        events.lost(this, why);
    }
}
