package dev.tidings.server.websocket;

import dev.tidings.model.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A consumer whose network takes what it is sent when a test says so.
final class FakePeer implements Peer {
    final List<Long> sent = new ArrayList<>();
    final Deque<Runnable> underWay = new ArrayDeque<>();
    int pings;
    boolean paused;

    @Nullable
    CloseReason closed;

    /// The network takes all that is under way.
    void takeAll() {
        while (!underWay.isEmpty()) {
            underWay.poll().run();
        }
    }

    @Override
    public void send(List<Delivery> deliveries, Runnable taken) {
        deliveries.forEach(delivery -> sent.add(delivery.offset()));
        underWay.add(taken);
    }

    @Override
    public void ping(Runnable taken) {
        pings++;
        underWay.add(taken);
    }

    @Override
    public void close(CloseReason reason) {
        closed = reason;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }
}
