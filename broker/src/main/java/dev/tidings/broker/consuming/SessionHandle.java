package dev.tidings.broker.consuming;

import dev.tidings.model.Delivery;
import dev.tidings.model.ReportedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Brings what others ask of a session to its loop.
final class SessionHandle implements Instance, Singly {
    private final ClientDesk desk;
    private final Session session;

    SessionHandle(ClientDesk desk, Session session) {
        this.desk = desk;
        this.session = session;
    }

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public void grant(int bytes) {
        desk.loop().execute(() -> session.grant(bytes));
    }

    @Override
    public CompletionStage<List<Delivery>> poll(int maxEvents, int maxBytes, Duration timeout) {
        return onLoop(() -> desk.poll(session, maxEvents, maxBytes, timeout));
    }

    @Override
    public void unread(long firstOffset) {
        desk.loop().execute(() -> session.unread(firstOffset));
    }

    @Override
    public CompletionStage<Settlement> confirm(long offset) {
        return onLoop(() -> session.confirm(offset));
    }

    @Override
    public CompletionStage<Settlement> dead(ReportedEvent reported) {
        return onLoop(() -> desk.dead(session, reported));
    }

    @Override
    public Singly singly() {
        return this;
    }

    @Override
    public CompletionStage<Settlement> settle(long offset) {
        return onLoop(() -> session.settle(offset));
    }

    @Override
    public CompletionStage<Settlement> release(long offset, @Nullable Duration delay) {
        if (delay != null && (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0)) {
            throw new IllegalArgumentException("a delay is zero to " + LONGEST_DELAY + ", found " + delay);
        }
        return onLoop(() -> session.release(offset, delay));
    }

    @Override
    public CompletionStage<Settlement> giveUp(long offset, String detail) {
        return onLoop(() -> desk.giveUp(session, offset, detail));
    }

    @Override
    public void renounce() {
        desk.loop().execute(session::renounce);
    }

    @Override
    public CompletionStage<Void> close() {
        return onLoop(session::close);
    }

    private <T> CompletionStage<T> onLoop(Supplier<CompletionStage<T>> asked) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        desk.loop()
                .execute(() -> asked.get().whenComplete((result, failure) -> {
                    if (failure == null) {
                        answer.complete(result);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        return answer;
    }
}
