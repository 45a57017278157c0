package dev.tidings.server.fake;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Outlet;
import dev.tidings.broker.consuming.Singly;
import dev.tidings.model.Bytes;
import dev.tidings.model.Caller;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import dev.tidings.model.ReportedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Writes down what it is asked, and delivers when a test says so.
public final class FakeInstance implements Instance, Singly {
    /// `grant 262144`, `confirm 3`, `dead 4`, `close`, in their order.
    public final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    public final Caller caller;
    public final Opening opening;
    public final Outlet outlet;
    public final AtomicLong credit = new AtomicLong();

    /// What confirmations and reports answer: a completed stage, unless a test puts one here that it completes.
    public volatile CompletableFuture<Settlement> settlement = CompletableFuture.completedFuture(Settlement.DONE);

    /// What closing answers.
    public volatile CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);

    public final CompletableFuture<Void> closed = new CompletableFuture<>();
    private long offset;

    public FakeInstance(Caller caller, Opening opening, Outlet outlet) {
        this.caller = caller;
        this.opening = opening;
        this.outlet = outlet;
    }

    @Override
    public String id() {
        return "fake";
    }

    /// Delivers events of this JSON, with the next offsets.
    public void deliver(String... events) {
        Delivery[] deliveries = new Delivery[events.length];
        for (int i = 0; i < events.length; i++) {
            deliveries[i] = new Delivery(++offset, Lane.EVENTS, 0, true, Bytes.utf8(events[i]));
            credit.addAndGet(-deliveries[i].json().length());
        }
        outlet.deliver(List.of(deliveries));
    }

    /// The next thing asked; waits for it.
    public String next() {
        return FakeInstances.take(asked);
    }

    @Override
    public void grant(int bytes) {
        credit.addAndGet(bytes);
        asked.add("grant " + bytes);
    }

    @Override
    public CompletionStage<List<Delivery>> poll(int maxEvents, int maxBytes, Duration timeout) {
        throw new AssertionError("a pushing connection does not poll");
    }

    @Override
    public void unread(long firstOffset) {
        throw new AssertionError("a pushing connection takes nothing back");
    }

    @Override
    public CompletionStage<Settlement> confirm(long confirmed) {
        asked.add("confirm " + confirmed);
        return settlement;
    }

    @Override
    public CompletionStage<Settlement> dead(ReportedEvent reported) {
        asked.add("dead " + reported.offset());
        return settlement;
    }

    @Override
    public Singly singly() {
        return this;
    }

    @Override
    public CompletionStage<Settlement> settle(long settled) {
        throw new AssertionError("a pushing connection settles nothing singly");
    }

    @Override
    public CompletionStage<Settlement> release(long released, @Nullable Duration delay) {
        asked.add("release " + released + " " + delay);
        return settlement;
    }

    @Override
    public CompletionStage<Settlement> giveUp(long givenUp, String detail) {
        throw new AssertionError("a pushing connection gives nothing up");
    }

    @Override
    public void renounce() {
        asked.add("renounce");
    }

    @Override
    public CompletionStage<Void> close() {
        if (closed.complete(null)) {
            asked.add("close");
        }
        return stored;
    }
}
