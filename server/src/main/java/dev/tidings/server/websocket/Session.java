package dev.tidings.server.websocket;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.consuming.Outlet.Ending;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.wire.ClientMessage;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One consumer over WebSocket: what its instance delivers goes to the peer as far as the credit reaches, what the
/// peer confirms or reports goes to the instance. Whatever breaks the protocol ends the session, and what is
/// unconfirmed then goes back to the group. Belongs to the connection's event loop.
final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final int PARSED_ON_LOOP = 64 * 1024;

    /// The status code of a close frame by which a consumer says that its process is not coming back.
    private static final int RENOUNCED = 4000;

    private final Instance instance;
    private final Peer peer;
    private final Executor loop;
    private final WebSocketParts parts;
    private final Credit credit;
    private final Liveness liveness;
    private final Confirmations confirmations;
    private long delivered;
    private int reports;
    private boolean over;

    /// @param loop runs tasks on the connection's event loop
    Session(Instance instance, Peer peer, Executor loop, WebSocketParts parts) {
        this.instance = instance;
        this.peer = peer;
        this.loop = loop;
        this.parts = parts;
        this.credit = new Credit(instance, (int) parts.config().window().bytes());
        this.liveness = new Liveness(parts.config().timing().silence());
        this.confirmations = new Confirmations(instance, this::watch);
    }

    void start() {
        if (!over) {
            credit.open();
        }
    }

    void deliver(List<Delivery> deliveries) {
        if (over) {
            return;
        }
        delivered = deliveries.getLast().offset();
        int bytes = 0;
        for (Delivery delivery : deliveries) {
            bytes += delivery.json().length();
        }
        int sent = bytes;
        peer.send(deliveries, () -> credit.taken(sent));
    }

    /// The broker ended the instance.
    void ended(Ending ending) {
        switch (ending) {
            case REVOKED -> finish(CloseReason.policy("the client was revoked, or lost what this instance reads"));
            case DRAINING -> drain();
            case FAILED -> finish(CloseReason.failure("a part of the broker failed; connect again"));
        }
    }

    /// The peer sent a whole text message.
    void message(Bytes text) {
        if (text.length() <= PARSED_ON_LOOP) {
            handle(parts.events().message(text));
            return;
        }
        peer.pause();
        parts.workers().execute(() -> {
            ClientMessage message = parts.events().message(text);
            loop.execute(() -> {
                handle(message);
                resumeWhereAble();
            });
        });
    }

    /// Nothing more has come for now.
    void idle() {
        if (!over) {
            confirmations.flush();
        }
    }

    /// The peer sent something, whatever it was.
    void heard() {
        liveness.heard();
    }

    /// The time between two pings has passed.
    void tick() {
        if (over) {
            return;
        }
        switch (liveness.tick(parts.clock().instant())) {
            case PING -> peer.ping(() -> liveness.pingTaken(parts.clock().instant()));
            case WAIT -> {}
            case GIVE_UP ->
                finish(CloseReason.policy("no ping was answered for "
                        + parts.config().timing().silence().toSeconds() + " s"));
        }
    }

    /// Ends the session because of what the peer did, or cannot be helped.
    void finish(CloseReason reason) {
        if (!over) {
            end();
            peer.close(reason);
        }
    }

    /// Ends the session once what was confirmed is stored.
    CompletionStage<Void> drain() {
        if (over) {
            return instance.close();
        }
        return end().whenComplete((_, _) -> loop.execute(() -> peer.close(CloseReason.goingAway())));
    }

    /// The peer closes the connection.
    void left(int code) {
        if (!over && code == RENOUNCED) {
            instance.renounce();
        }
        left();
    }

    /// The connection is lost.
    void left() {
        if (!over) {
            end();
        }
    }

    private CompletionStage<Void> end() {
        confirmations.force();
        over = true;
        return instance.close();
    }

    private void handle(ClientMessage message) {
        if (over) {
            return;
        }
        switch (message) {
            case ClientMessage.Confirm confirm -> confirm(confirm.offset());
            case ClientMessage.Dead dead -> report(dead);
            case ClientMessage.Release release -> release(release);
            case ClientMessage.Invalid invalid -> finish(CloseReason.policy(invalid.reason()));
        }
    }

    private void confirm(long offset) {
        if (offset > delivered) {
            finish(CloseReason.policy("offset " + offset + " was never delivered; the last one is " + delivered));
        } else {
            confirmations.add(offset);
        }
    }

    private void release(ClientMessage.Release release) {
        if (release.offset() > delivered) {
            finish(CloseReason.policy(
                    "offset " + release.offset() + " was never delivered; the last one is " + delivered));
        } else {
            confirmations.force();
            watchBounded(instance.singly().release(release.offset(), release.delay()));
        }
    }

    private void report(ClientMessage.Dead dead) {
        confirmations.force();
        watchBounded(instance.dead(dead.event()));
    }

    /// So many may be under way before nothing more is read from the peer.
    private void watchBounded(CompletionStage<Settlement> stage) {
        reports++;
        if (reports >= parts.config().reports()) {
            peer.pause();
        }
        watch(stage, () -> {
            reports--;
            resumeWhereAble();
        });
    }

    private void resumeWhereAble() {
        if (!over && reports < parts.config().reports()) {
            peer.resume();
        }
    }

    private void watch(CompletionStage<Settlement> stage, Runnable settled) {
        stage.whenComplete((settlement, failure) -> loop.execute(() -> {
            judge(settlement, failure);
            settled.run();
        }));
    }

    private void judge(@Nullable Settlement settlement, @Nullable Throwable failure) {
        if (failure != null) {
            unavailable(failure instanceof CompletionException ? failure.getCause() : failure);
        } else if (settlement == Settlement.NEVER_DELIVERED) {
            finish(CloseReason.policy("the offset was never delivered"));
        }
    }

    private void unavailable(@Nullable Throwable failure) {
        if (!(failure instanceof Unavailable)) {
            log.error("a confirmation failed", failure);
        }
        finish(CloseReason.failure("what was confirmed could not be stored and may come again; connect again"));
    }
}
