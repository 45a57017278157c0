package dev.tidings.client;

import dev.tidings.client.backoff.BackOff;
import dev.tidings.client.http.Parameters;
import dev.tidings.client.http.Readiness;
import dev.tidings.client.listening.Reception;
import dev.tidings.client.listening.Subscription;
import dev.tidings.client.publishing.Fired;
import dev.tidings.client.publishing.MeasuredPublishing;
import dev.tidings.client.publishing.Outcome;
import dev.tidings.client.publishing.Publishing;
import dev.tidings.client.publishing.Sender;
import dev.tidings.model.Bytes;
import dev.tidings.model.DurationText;
import dev.tidings.wire.EventText;
import dev.tidings.wire.Problem;
import io.cloudevents.CloudEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A bus to a broker of its own process.
final class RemoteBus implements Bus {
    private static final int PUBLISH_ATTEMPTS = 6;

    private final Broker broker;
    private final Settings settings;
    private final BackOff backOff = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(10), new SecureRandom());
    private final Metrics.Sending sending;
    private final Publishing publishing;
    private final Sender sender;
    private final Map<String, Subscription> listeners = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tidings-timer");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    /// Where it leads to.
    ///
    /// @param end gives up what the way needs
    record Broker(Publishing publishing, Reception reception, Readiness readiness, Runnable end) {}

    /// How it was described.
    record Settings(
            EventForm form, @Nullable Member member, Firing firing, FailureListener onFailure, Metrics metrics) {}

    /// Who listens, and how.
    record Member(String service, String process, Subscription.Way way) {}

    private record Batch(Bytes json, int events) {}

    RemoteBus(Broker broker, Settings settings) {
        this.broker = broker;
        this.settings = settings;
        this.sending = settings.metrics.sending(settings.firing.buffer());
        this.publishing = new MeasuredPublishing(broker.publishing, sending);
        this.sender = sender();
    }

    private Sender sender() {
        try {
            return Sender.start(
                    settings.firing,
                    new Sender.Parts(
                            publishing, backOff, time -> Thread.sleep(time.toMillis()), settings.onFailure, sending));
        } catch (SpoolException unusable) {
            sending.close();
            broker.end.run();
            throw unusable;
        }
    }

    @Override
    public EventBuilder event(String type) {
        return settings.form.event(type);
    }

    @Override
    public void fire(CloudEvent event) {
        sender.fire(new Fired(event, EventCoding.json(settings.form.outgoing(event))));
    }

    @Override
    public CompletableFuture<Receipt> publish(List<CloudEvent> events) {
        List<Bytes> texts = events.stream()
                .map(event -> EventCoding.json(settings.form.outgoing(event)))
                .toList();
        return publish(new Batch(EventText.batch(texts), texts.size()), 0);
    }

    private CompletableFuture<Receipt> publish(Batch batch, int attempt) {
        return publishing.publish(batch.json).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Accepted accepted) {
                return CompletableFuture.completedFuture(new Receipt(
                        accepted.receipt().accepted(), accepted.receipt().duplicates()));
            }
            if (outcome instanceof Outcome.Refused refused) {
                sending.refused(batch.events);
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
    public <T> Listener listen(String name, String type, Class<T> data, Handler<T> handler) {
        return listen(Listening.to(name, type), settings.form.json().handler(data, handler));
    }

    @Override
    public Listener listen(Listening listening, EventHandler handler) {
        Member member = settings.member;
        if (member == null || closed) {
            throw new IllegalStateException(
                    closed ? "the bus is closed" : "a bus that listens has a name: Connecting.service");
        }
        listening.types().forEach(settings.form::used);
        String name = listening.name();
        String group = member.service + "-" + name;
        Metrics.Receiving receiving = settings.metrics.receiving(name);
        Subscription subscription = new Subscription(
                listening,
                settings.form.incoming(group, handler),
                query(group, member, listening),
                new Subscription.Parts(
                        broker.reception, EventCoding::event, backOff, timer, System::nanoTime, receiving, member.way));
        if (listeners.putIfAbsent(name, subscription) != null) {
            receiving.close();
            throw new DuplicateListenerNameException(member.service, name);
        }
        subscription.start();
        return () -> {
            subscription.close(settings.firing.closing());
            listeners.remove(name, subscription);
        };
    }

    private static String query(String group, Member member, Listening listening) {
        Duration ackTimeout = listening.ackTimeout();
        return new Parameters()
                .put("test", false)
                .put("group", group)
                .put("process", member.process)
                .put("types", String.join(",", listening.types()))
                .put("inflight", listening.inflight())
                .put("ackTimeout", ackTimeout == null ? null : ackTimeout.toSeconds())
                .put("backOff", DurationText.print(listening.backOff()))
                .put("maxDeliveries", listening.maxDeliveries())
                .put("maxRate", listening.maxRate())
                .put("from", listening.from())
                .put("filter", listening.filter())
                .toString();
    }

    @Override
    public CompletableFuture<Status> status() {
        return broker.readiness.problem().thenApply(problem -> new Status(problem.orElse(null), connected()));
    }

    private Map<String, Boolean> connected() {
        Map<String, Boolean> connected = new HashMap<>();
        listeners.forEach((name, subscription) -> connected.put(name, subscription.isConnected()));
        return connected;
    }

    @Override
    public void close() {
        closed = true;
        long end = System.nanoTime() + settings.firing.closing().toNanos();
        for (Subscription subscription : listeners.values()) {
            subscription.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        timer.shutdownNow();
        try {
            sender.close();
        } finally {
            sending.close();
            broker.end.run();
        }
    }
}
