package dev.tidings.client.publishing;

import dev.tidings.client.BufferFullException;
import dev.tidings.client.FailureListener;
import dev.tidings.client.Firing;
import dev.tidings.client.Metrics;
import dev.tidings.client.RefusedException;
import dev.tidings.client.UndeliveredException;
import dev.tidings.client.backoff.BackOff;
import dev.tidings.model.Flaw;
import dev.tidings.wire.EventText;
import dev.tidings.wire.Problem;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what was fired, one request after the other, so that order is kept, until it is closed. What the
/// broker cannot take now is sent again; what it refuses is told to the listener, and the rest sent without
/// it.
public final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final Buffer buffer;
    private final Firing config;
    private final Parts parts;
    private final Thread thread;

    /// What a sender needs.
    public record Parts(
            Publishing broker, BackOff backOff, Pause pause, FailureListener listener, Metrics.Sending metrics) {}

    private Sender(Firing config, Parts parts) {
        this.config = config;
        this.parts = parts;
        this.buffer = Buffer.of(config, parts.metrics);
        this.thread = new Thread(this::run, "tidings-sender");
        thread.setDaemon(true);
    }

    /// Starts one, which sends at once what an earlier one left in the spool, where there is one.
    ///
    /// @throws dev.tidings.client.SpoolException where the spool cannot be used
    public static Sender start(Firing config, Parts parts) {
        Sender sender = new Sender(config, parts);
        sender.thread.start();
        return sender;
    }

    /// Takes an event over, see [dev.tidings.client.Bus#fire].
    public void fire(Fired event) {
        try {
            buffer.add(event);
        } catch (BufferFullException full) {
            parts.metrics.overflowed();
            throw full;
        }
        parts.metrics.fired(event.json().length());
    }

    public CompletableFuture<Void> flush() {
        return buffer.flush();
    }

    /// Waits for what was fired, for as long as configured. What is in a spool then stays there.
    ///
    /// @throws UndeliveredException with what is lost
    public void close() {
        buffer.close();
        if (!ended()) {
            thread.interrupt();
        }
        List<CloudEvent> left = new ArrayList<>();
        buffer.end().forEach(fired -> left.add(fired.event()));
        if (!left.isEmpty()) {
            throw new UndeliveredException(left);
        }
    }

    private boolean ended() {
        try {
            thread.join(Math.max(1, config.closing().toMillis()));
            return !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try {
            for (List<Fired> batch = buffer.take(); !batch.isEmpty(); batch = buffer.take()) {
                send(batch);
                buffer.settle();
            }
        } catch (InterruptedException closed) {
            LOG.warn("closed before all that was fired had been taken by the broker");
        }
    }

    private void send(List<Fired> batch) throws InterruptedException {
        int attempt = 0;
        List<Fired> rest = batch;
        while (!rest.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("closed; nothing more is sent");
            }
            Outcome outcome = outcome(rest);
            if (outcome instanceof Outcome.Accepted) {
                return;
            }
            if (outcome instanceof Outcome.Refused refused) {
                rest = withoutRefused(rest, refused.problem());
            } else {
                Outcome.Unavailable away = (Outcome.Unavailable) outcome;
                Duration delay = parts.backOff().delay(attempt++, away.retryAfter());
                LOG.warn("{} events wait: {}; trying again in {} ms", rest.size(), away.why(), delay.toMillis());
                parts.pause().of(delay);
            }
        }
    }

    private Outcome outcome(List<Fired> events) throws InterruptedException {
        CompletableFuture<Outcome> asked = parts.broker()
                .publish(EventText.batch(events.stream().map(Fired::json).toList()));
        try {
            return asked.get();
        } catch (ExecutionException bug) {
            return new Outcome.Unavailable(String.valueOf(bug.getCause()), Duration.ZERO);
        }
    }

    /// What may still be taken: all but the flawed ones; where no single event is to blame, each is tried
    /// alone.
    private List<Fired> withoutRefused(List<Fired> batch, Problem problem) throws InterruptedException {
        Map<Integer, List<Flaw>> flawed = new HashMap<>();
        for (Flaw flaw : problem.errors()) {
            flawed.computeIfAbsent(flaw.index(), index -> new ArrayList<>()).add(flaw);
        }
        if (flawed.keySet().stream().noneMatch(index -> index < batch.size())) {
            sendAlone(batch, problem);
            return List.of();
        }
        List<Fired> rest = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            List<Flaw> flaws = flawed.get(i);
            if (flaws == null) {
                rest.add(batch.get(i));
            } else {
                tell(batch.get(i), problem, flaws);
            }
        }
        return rest;
    }

    private void sendAlone(List<Fired> batch, Problem problem) throws InterruptedException {
        if (batch.size() == 1) {
            tell(batch.get(0), problem, problem.errors());
            return;
        }
        for (Fired alone : batch) {
            send(List.of(alone));
        }
    }

    private void tell(Fired fired, Problem problem, List<Flaw> flaws) {
        String detail = flaws.isEmpty() ? problem.detail() : flaws.get(0).reason();
        parts.metrics.refused(1);
        RefusedException reason = new RefusedException(problem.status(), problem.slug(), detail, flaws);
        try {
            parts.listener().refused(fired.event(), reason);
        } catch (RuntimeException bug) { // the program's: what was fired after it goes on
            LOG.error("the listener for refused events failed", bug);
        }
    }
}
