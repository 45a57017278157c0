package dev.tidings.cli;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Prints events and confirms what was printed, over one connection after another.
final class Reading {
    private static final int CONFIRM_EVERY = 100;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final Set<Integer> OUR_FAULT = Set.of(1002, 1003, 1007, 1008, 1009);
    private static final JsonFactory JSON = new JsonFactory();

    private final Connector connector;
    private final Terminal terminal;
    private final Limits limits;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private long printed;
    private Duration idle = Duration.ZERO;

    Reading(Connector connector, Terminal terminal, Limits limits) {
        this.connector = connector;
        this.terminal = terminal;
        this.limits = limits;
    }

    /// Reads until a limit is reached or somebody stops it; the exit code.
    int run() throws InterruptedException {
        try {
            while (!done()) {
                Connector.Connection connection = connector.open();
                Session session = new Session(connection.socket());
                session.readFrom(connection.inbox());
                session.finish(connection.inbox());
            }
            return ExitCode.OK;
        } finally {
            ended.countDown();
        }
    }

    /// Ends the reading from another thread, and waits a little until what was printed is confirmed.
    void stopAndWait() {
        stopping = true;
        try {
            ended.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean done() {
        return stopping
                || printed >= limits.events
                || limits.longestIdle != null && idle.compareTo(limits.longestIdle) >= 0;
    }

    /// @param events how many events to read
    /// @param longestIdle   how long to wait for one; null: for ever
    record Limits(long events, @Nullable Duration longestIdle, boolean confirm) {}

    /// What happens on one connection.
    private final class Session {
        private final WebSocket socket;
        private String last = "";
        private int unconfirmed;
        private boolean open = true;

        Session(WebSocket socket) {
            this.socket = socket;
        }

        void readFrom(Inbox inbox) throws InterruptedException {
            while (open && !done()) {
                switch (inbox.take(socket, TICK)) {
                    case null -> {
                        idle = idle.plus(TICK);
                        confirm();
                    }
                    case Inbox.Received.Text(String text) -> print(text);
                    case Inbox.Received.Closed(int code, String reason) -> closed(code, reason);
                    case Inbox.Received.Lost(String why) -> lost(why);
                }
            }
        }

        private void print(String event) {
            terminal.out().println(event);
            idle = Duration.ZERO;
            printed++;
            unconfirmed++;
            last = offset(event);
            if (unconfirmed >= CONFIRM_EVERY) {
                confirm();
            }
        }

        private void confirm() {
            if (unconfirmed == 0) {
                return;
            }
            if (terminal.out().checkError()) {
                stopping = true;
                return;
            }
            unconfirmed = 0;
            if (limits.confirm) {
                socket.sendText("confirm:" + last, true)
                        .handle((_, _) -> null) // a broken connection shows in the inbox
                        .join();
            }
        }

        private void closed(int code, String reason) {
            open = false;
            if (OUR_FAULT.contains(code)) {
                throw new Complaint(ExitCode.REFUSED, "the broker closed the connection: " + code + " " + reason);
            }
            terminal.tell("tidings: the broker closed the connection (" + code + (reason.isEmpty() ? "" : " " + reason)
                    + "); reconnecting");
        }

        private void lost(String why) {
            open = false;
            terminal.tell("tidings: the connection broke (" + why + "); reconnecting");
        }

        /// Confirms what was printed and says good-bye; the broker's own good-bye says that it has read all that.
        void finish(Inbox inbox) throws InterruptedException {
            if (!open) {
                return;
            }
            confirm();
            try {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException _) {
                return;
            }
            Inbox.Received received = inbox.take(socket, FAREWELL);
            while (received instanceof Inbox.Received.Text) {
                received = inbox.take(socket, FAREWELL);
            }
        }

        private static String offset(String event) {
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), event)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean found = parser.currentName().equals("offset");
                    parser.nextToken();
                    if (found) {
                        return parser.getString();
                    }
                    parser.skipChildren();
                }
            }
            throw new IllegalStateException("the broker sent an event without an offset");
        }
    }
}
