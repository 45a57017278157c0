package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Singly;
import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import dev.tidings.model.ReportedEvent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// An instance whose answers a test gives by hand.
final class ScriptedInstance implements Instance, Singly {
    final String id = UUID.randomUUID().toString().replace("-", "");
    final BlockingQueue<Poll> polls = new LinkedBlockingQueue<>();
    final List<Long> confirmed = new CopyOnWriteArrayList<>();
    final List<String> released = new CopyOnWriteArrayList<>();
    final BlockingQueue<Long> unread = new LinkedBlockingQueue<>();
    final List<ReportedEvent> dead = new CopyOnWriteArrayList<>();
    volatile Settlement settlement = Settlement.DONE;
    volatile boolean renounced;
    volatile boolean closed;

    record Poll(int maxEvents, int maxBytes, Duration timeout, CompletableFuture<List<Delivery>> answer) {}

    @Override
    public String id() {
        return id;
    }

    @Override
    public void grant(int bytes) {
        throw new AssertionError("a poller grants nothing");
    }

    @Override
    public CompletionStage<List<Delivery>> poll(int maxEvents, int maxBytes, Duration timeout) {
        CompletableFuture<List<Delivery>> answer = new CompletableFuture<>();
        polls.add(new Poll(maxEvents, maxBytes, timeout, answer));
        return answer;
    }

    @Override
    public void unread(long firstOffset) {
        unread.add(firstOffset);
    }

    @Override
    public CompletionStage<Settlement> confirm(long offset) {
        confirmed.add(offset);
        return CompletableFuture.completedStage(settlement);
    }

    @Override
    public CompletionStage<Settlement> dead(ReportedEvent reported) {
        dead.add(reported);
        return CompletableFuture.completedStage(settlement);
    }

    @Override
    public Singly singly() {
        return this;
    }

    @Override
    public CompletionStage<Settlement> settle(long offset) {
        throw new AssertionError("a poller settles nothing singly");
    }

    @Override
    public CompletionStage<Settlement> release(long offset, @Nullable Duration delay) {
        released.add(offset + " " + delay);
        return CompletableFuture.completedStage(settlement);
    }

    @Override
    public CompletionStage<Settlement> giveUp(long offset, String detail) {
        throw new AssertionError("a poller gives nothing up");
    }

    @Override
    public void renounce() {
        renounced = true;
    }

    @Override
    public CompletionStage<Void> close() {
        closed = true;
        return CompletableFuture.completedStage(null);
    }

    static Delivery delivery(long offset) {
        return new Delivery(offset, Lane.EVENTS, 0, true, Bytes.utf8("""
                {"specversion":"1.0","id":"e%d","source":"/s","type":"a.b","time":"2026-01-01T00:00:00Z","data":{"n":1}}""".formatted(offset)));
    }
}
