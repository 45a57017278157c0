package dev.tidings.dist.demo;

import dev.tidings.cli.BrokerClient;
import dev.tidings.cli.Inbox;
import dev.tidings.cli.Reasons;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A consumer over WebSocket, which draws earthquakes on a map that nobody sees. What it cannot draw it reports dead.
final class MapConsumer {
    private static final String PATH = "/ce/consume/ws?group=map";
    private static final int CONFIRM_EVERY = 25;
    private static final double STRONG = 5;
    private static final Duration SOON = Duration.ofMillis(40);
    private static final Duration LATER = Duration.ofMillis(500);

    private final BrokerClient client;
    private final Board board;

    MapConsumer(BrokerClient client, Board board) {
        this.client = client;
        this.board = board;
    }

    /// Consumes until it is interrupted.
    void run() throws InterruptedException {
        while (true) {
            Inbox inbox = new Inbox();
            try {
                new Session(client.open(PATH, inbox).get()).readFrom(inbox);
            } catch (ExecutionException e) {
                board.say("map: no connection: " + Reasons.of(e.getCause() == null ? e : e.getCause()));
            }
            Thread.sleep(LATER);
        }
    }

    /// One connection.
    private final class Session {
        private final WebSocket socket;
        private @Nullable Quake last;
        private int unconfirmed;

        Session(WebSocket socket) {
            this.socket = socket;
        }

        void readFrom(Inbox inbox) throws InterruptedException {
            boolean open = true;
            while (open) {
                switch (inbox.take(socket, unconfirmed == 0 ? LATER : SOON)) {
                    case null -> confirm();
                    case Inbox.Received.Text(String text) -> draw(Quake.read(text));
                    case Inbox.Received.Closed _, Inbox.Received.Lost _ -> open = false;
                }
            }
        }

        private void draw(Quake quake) {
            Optional<String> flaw = quake.flaw();
            if (flaw.isPresent()) {
                send("dead:" + quake.reported(flaw.get()));
                board.pushed(quake, false);
                board.dead(quake.id(), flaw.get());
                return;
            }
            board.pushed(quake, quake.magnitude() >= STRONG);
            last = quake;
            unconfirmed++;
            if (unconfirmed >= CONFIRM_EVERY) {
                confirm();
            }
        }

        private void confirm() {
            if (last != null) {
                send("confirm:" + last.offset());
                board.pushConfirmed(unconfirmed);
                unconfirmed = 0;
                last = null;
            }
        }

        private void send(String message) {
            socket.sendText(message, true)
                    .handle((_, _) -> null) // a broken connection shows in the inbox
                    .join();
        }
    }
}
