package dev.tidings.callback.delivery;

import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.subscriptions.DeliveryStatus;
import dev.tidings.broker.subscriptions.Sink;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.callback.delivery.DeliveryObserver.Result;
import dev.tidings.callback.sink.Outcome;
import dev.tidings.callback.sink.Permission;
import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.callback.sink.SinkRequests;
import dev.tidings.callback.sink.Verdict;
import dev.tidings.model.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the events of one subscription to its sink, until it is stopped. Belongs to its loop.
///
/// Whatever happens leads to [#pump], which sends what may go now and sets a timer for what may go later. What is in
/// hand is in flight for the broker: if this process dies, it is delivered again.
final class Deliverer implements Reception.Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
    private static final Duration REOPEN = Duration.ofSeconds(10);

    private final Around around;
    private final Subscription subscription;
    private final SinkChannel line;
    private final SinkRequests requests;
    private final Gate gate;
    private final Permit permit;
    private final Hand hand;
    private final Report report = new Report();
    private final Settlements settlements;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private @Nullable Reception reception;
    private Loop.@Nullable Timer timer;
    private int underWay;
    private boolean greeting;
    private boolean asking;
    private boolean stopping;
    private boolean over;
    private boolean gone;
    private boolean shut;
    private boolean cramped;

    Deliverer(Around around, Subscription subscription) {
        this.around = around;
        this.subscription = subscription;
        DeliverySettings settings = around.settings();
        Sink sink = subscription.sink();
        Integer own = subscription.handling().concurrency();
        int concurrency = own == null ? settings.concurrency() : own;
        line = around.lines().to(subscription, around.loop(), concurrency);
        requests = new SinkRequests(sink, settings.origin(), settings.agent());
        gate = new Gate(settings.breaker(), concurrency);
        permit = new Permit(sink.handshake() == Sink.Handshake.REQUIRED, settings.permission());
        boolean batches = sink.mode() == Sink.Mode.BATCH;
        hand = new Hand(new Hand.Limits(batches ? settings.batch() : 1, settings.batchBytes()));
        settlements = new Settlements(
                around, settings.backoff().as(subscription.handling().retries()), hand);
        limit();
        around.subscriptions().restsUntil(subscription).ifPresent(this::goOnResting);
    }

    /// Whether it works as this version of its subscription says.
    boolean suits(Subscription now) {
        return subscription.sink().equals(now.sink()) && subscription.handling().equals(now.handling());
    }

    /// Begins, or tries again what it could not.
    void open() {
        if (reception == null && !stopping && !gone && underWay == 0) {
            Reception opening = new Reception(around.loop(), this, around.allotment());
            reception = opening;
            opening.open(around.instances(), subscription.group(), around.settings());
        }
    }

    /// What it may have in memory has changed.
    void fit() {
        if (reception != null) {
            reception.fit();
            cramped = hand.bytes() > around.allotment().bytes();
            goOn();
        }
    }

    /// Asks the sink for its permission now, not only once there is something to send.
    void greet() {
        greeting = true;
        pump();
    }

    /// Sends nothing more. Completes once what was settled is durable and the rest was given back: when all answers
    /// to deliveries have come, but after this time at the latest.
    CompletionStage<Void> stop(Duration grace) {
        stopping = true;
        cancelTimer();
        if (underWay == 0 || asking || grace.isZero()) {
            end();
        } else {
            timer = around.loop().after(grace, this::end);
        }
        return ended;
    }

    DeliveryStatus status() {
        Instant now = around.clock().instant();
        return new DeliveryStatus(
                gate.status(around.nanos().getAsLong()),
                report.lastSuccess(),
                report.lastFailure(),
                underWay,
                settlements.waiting(now),
                settlements.nextDue(),
                permit.perMinute());
    }

    @Override
    public void arrived(Reception from, List<Delivery> events) {
        if (from == reception && !gone) {
            for (Delivery event : events) {
                Parcel parcel = Parcel.of(event, subscription.handling().order());
                if (!settlements.meetsReturning(parcel)) {
                    hand.take(parcel);
                }
            }
            pump();
        }
    }

    @Override
    public void lost(Reception from, String why) {
        if (from == reception && !gone) {
            LOG.info("subscription {} gets no events for now: {}", subscription.id(), why);
            report.failed(around.clock().instant(), null, why);
            settlements.forget();
            reception = null;
            var _ = around.loop().after(REOPEN, this::open);
        }
    }

    private void pump() {
        if (stopping) {
            return; // the timer is that of its end
        }
        cancelTimer();
        while (!gone && (hand.size() > 0 || greeting)) {
            long now = around.nanos().getAsLong();
            long wait = gate.delay(now, underWay);
            if (wait != 0) {
                waitFor(wait);
                return;
            }
            if (!sendNext(now)) {
                return;
            }
        }
    }

    /// Whether something left the hand, so that there may be more.
    private boolean sendNext(long now) {
        Instant instant = around.clock().instant();
        if (subscription.sink().isCredentialOver(instant)) {
            gate.tripped(now);
            noteState();
            report.failed(
                    instant, null, "the access token in sinkcredential has expired; give the subscription another");
            return true;
        }
        if (permit.isDue(instant)) {
            if (underWay == 0) {
                ask(now);
            }
            return false;
        }
        greeting = false;
        Reception from = reception;
        List<Parcel> parcels = from == null ? List.of() : hand.next();
        if (from == null || parcels.isEmpty()) {
            return false;
        }
        List<Parcel> wanted = settlements.wanted(from, parcels, subscription);
        if (!wanted.isEmpty()) {
            send(new Shipment(from, wanted), now);
        }
        return true;
    }

    private void ask(long now) {
        Integer perSecond = subscription.handling().maxRate();
        gate.begin(now);
        underWay++;
        asking = true;
        line.send(requests.handshake(perSecond == null ? null : perSecond * 60))
                .thenAccept(outcome -> around.loop().execute(() -> {
                    underWay--;
                    asking = false;
                    if (!over) {
                        asked(outcome);
                    }
                    goOn();
                }));
    }

    private void asked(Outcome outcome) {
        Instant now = around.clock().instant();
        if (Verdict.of(outcome, now, around.settings().longestPause()) instanceof Verdict.Busy busy) {
            rest(busy, now);
            return;
        }
        switch (Permission.of(outcome, requests.origin())) {
            case Permission.Granted granted -> {
                greeting = false;
                permit.granted(granted, now);
                limit();
                gate.succeeded();
            }
            case Permission.Denied(Integer status, String reason) -> {
                permit.withdrawn();
                report.failed(now, status, told(reason));
                gate.tripped(around.nanos().getAsLong());
            }
            case Permission.Gone(String reason) -> retire(410, reason);
        }
        noteState();
    }

    private void send(Shipment shipment, long now) {
        gate.begin(now);
        underWay++;
        Instant sent = around.clock().instant();
        line.send(requests.delivery(shipment.id(), shipment.events(), sent))
                .thenAccept(outcome -> around.loop().execute(() -> {
                    underWay--;
                    if (!over) {
                        answered(shipment, outcome, around.nanos().getAsLong() - now);
                    }
                    goOn();
                }));
    }

    private void answered(Shipment shipment, Outcome outcome, long nanos) {
        Instant now = around.clock().instant();
        Verdict verdict = Verdict.of(outcome, now, around.settings().longestPause());
        around.observer().requested(Result.of(verdict), shipment.parcels().size(), nanos);
        hand.free(shipment.parcels());
        switch (verdict) {
            case Verdict.Confirmed _ -> {
                report.succeeded(now);
                gate.succeeded();
                settlements.confirmed(shipment);
            }
            case Verdict.Rejected(int status, String reason) -> {
                report.failed(now, status, told(reason));
                gate.succeeded();
                settlements.rejected(shipment, told(reason));
            }
            case Verdict.Busy busy -> {
                rest(busy, now);
                settlements.postponed(shipment);
            }
            case Verdict.Failed(Integer status, String reason) -> {
                report.failed(now, status, told(reason));
                gate.failed(around.nanos().getAsLong());
                settlements.failed(shipment, told(reason));
            }
            case Verdict.Gone(String reason) -> retire(410, reason);
        }
        noteState();
    }

    /// The sink wants to be left alone for a while.
    private void rest(Verdict.Busy busy, Instant now) {
        report.failed(now, busy.status(), told(busy.reason()));
        gate.rest(around.nanos().getAsLong(), busy.pause());
        noteState();
        if (!busy.pause().isZero()) {
            around.subscriptions().rest(subscription, now.plus(busy.pause()));
        }
    }

    /// The sink asked to be left alone before this began.
    private void goOnResting(Instant until) {
        Duration left = Duration.between(around.clock().instant(), until);
        Duration longest = around.settings().longestPause();
        if (left.isPositive()) {
            gate.rest(around.nanos().getAsLong(), left.compareTo(longest) < 0 ? left : longest);
            noteState();
        }
    }

    /// The sink wants nothing any more: neither does this, whether or not that can be stored at once.
    private void retire(int status, String reason) {
        report.failed(around.clock().instant(), status, told(reason));
        if (!gone) {
            gone = true;
            settlements.forget();
            LOG.info("subscription {} ends: {}", subscription.id(), told(reason));
            store(told(reason));
        }
    }

    private void store(String reason) {
        around.subscriptions().end(subscription.id(), reason).whenComplete((_, failure) -> {
            if (failure != null) {
                var _ = around.loop().after(REOPEN, () -> store(reason));
            }
        });
    }

    private void goOn() {
        if (stopping && underWay == 0) {
            end();
        } else if (cramped && underWay == 0) {
            beginAnew();
        } else if (reception == null) {
            open();
        } else {
            pump();
        }
    }

    /// More is in hand than may be, and nothing under way: all goes back, and comes again as there is room.
    private void beginAnew() {
        cramped = false;
        giveBack();
        open();
    }

    private CompletionStage<Void> giveBack() {
        Reception from = reception;
        reception = null;
        if (from == null) {
            return CompletableFuture.completedStage(null);
        }
        from.unread(hand.clear());
        settlements.forget();
        return from.close();
    }

    private void end() {
        if (!stopping || over) {
            return;
        }
        over = true;
        cancelTimer();
        line.close();
        noteState();
        giveBack().whenComplete((_, _) -> ended.complete(null));
    }

    private void limit() {
        Integer perSecond = subscription.handling().maxRate();
        Integer allowed = permit.perMinute();
        long own = perSecond == null ? Long.MAX_VALUE : perSecond * 60L;
        long sinks = allowed == null ? Long.MAX_VALUE : allowed;
        long least = Math.min(own, sinks);
        gate.limit(least == Long.MAX_VALUE ? null : least);
    }

    private void noteState() {
        boolean now = gate.isShut(around.nanos().getAsLong()) && !stopping;
        if (now != shut) {
            shut = now;
            around.observer().breaker(now);
            LOG.info(
                    "the sink of subscription {} {}",
                    subscription.id(),
                    now ? "is left alone for a while" : "is called again");
        }
    }

    private void waitFor(long nanos) {
        if (nanos != Gate.UNKNOWN) {
            timer = around.loop().after(Duration.ofNanos(nanos), this::pump);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private String told(String detail) {
        return subscription.sink().uri().getHost() + " " + detail;
    }
}
