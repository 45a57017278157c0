package dev.tidings.client;

import dev.tidings.client.publishing.BackOff;
import dev.tidings.client.publishing.Fired;
import dev.tidings.client.publishing.Outcome;
import dev.tidings.client.publishing.Publishing;
import dev.tidings.client.publishing.Sender;
import dev.tidings.model.Bytes;
import dev.tidings.wire.EventText;
import dev.tidings.wire.Problem;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A bus to a broker of its own process.
final class RemoteBus implements Bus {
    private static final int PUBLISH_ATTEMPTS = 6;

    private final Publishing broker;
    private final Settings settings;
    private final BackOff backOff = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(10), new SecureRandom());
    private final Sender sender;

    /// How it was described.
    record Settings(@Nullable URI source, Firing firing, JsonMapping json, FailureListener onFailure) {}

    RemoteBus(Publishing broker, Settings settings) {
        this.broker = broker;
        this.settings = settings;
        this.sender = Sender.start(
                settings.firing,
                new Sender.Parts(broker, backOff, time -> Thread.sleep(time.toMillis()), settings.onFailure));
    }

    @Override
    public EventBuilder event(String type) {
        return new EventBuilder(UUID.randomUUID().toString(), type, settings.source, settings.json);
    }

    @Override
    public void fire(CloudEvent event) {
        sender.fire(new Fired(event, EventCoding.json(event)));
    }

    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        return publish(EventText.batch(events.stream().map(EventCoding::json).toList()), 0);
    }

    private CompletableFuture<Receipt> publish(Bytes batch, int attempt) {
        return broker.publish(batch).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Accepted accepted) {
                return CompletableFuture.completedFuture(new Receipt(
                        accepted.receipt().accepted(), accepted.receipt().duplicates()));
            }
            if (outcome instanceof Outcome.Refused refused) {
                return CompletableFuture.failedFuture(refusal(refused.problem()));
            }
            Outcome.Unavailable away = (Outcome.Unavailable) outcome;
            return attempt == PUBLISH_ATTEMPTS
                    ? CompletableFuture.failedFuture(new UnavailableException(away.why()))
                    : later(backOff.delay(attempt, away.retryAfter())).thenCompose(now -> publish(batch, attempt + 1));
        });
    }

    private static CompletableFuture<Void> later(Duration delay) {
        Executor then = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(() -> {}, then);
    }

    private static RefusedException refusal(Problem problem) {
        return new RefusedException(problem.status(), problem.slug(), problem.detail(), problem.errors());
    }

    @Override
    public CompletableFuture<Void> flush() {
        return sender.flush();
    }

    @Override
    public void close() {
        sender.close();
    }
}
