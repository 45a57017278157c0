package dev.tidings.callback.delivery;

import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.loop.Loops;
import dev.tidings.broker.subscriptions.DeliveryStatus;
import dev.tidings.broker.subscriptions.DeliveryWatch;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscriptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Delivers the events of all subscriptions, each on the loop of its client. May be used by any thread.
public final class Stations implements Subscriptions.Listener, DeliveryWatch {
    private final Parts parts;
    private final Map<String, Station> stations = new ConcurrentHashMap<>();
    private final Allotment allotment;
    private volatile boolean draining;

    /// What delivering stands on.
    ///
    /// @param instances opens instances in the groups of subscriptions
    /// @param nanos     goes only forward, as fast as the clock; that of the loops
    public record Parts(
            Subscriptions subscriptions,
            Instances instances,
            Loops loops,
            Lines lines,
            DeliverySettings settings,
            DeliveryObserver observer,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random) {}

    private Stations(Parts parts) {
        this.parts = parts;
        this.allotment =
                new Allotment(parts.settings().memory(), parts.settings().windowBytes());
    }

    /// Delivers for the subscriptions that exist and those to come.
    public static Stations open(Parts parts) {
        Stations stations = new Stations(parts);
        parts.subscriptions().onChange(stations);
        Collection<Subscription> all = parts.subscriptions().all();
        all.forEach(stations::count);
        for (Subscription subscription : all) {
            stations.loop(subscription)
                    .execute(() -> stations.station(subscription).open());
        }
        return stations;
    }

    @Override
    public CompletionStage<Void> changed(Subscription now) {
        count(now);
        return onLoop(now, () -> {
            Station station = draining ? stations.get(now.id()) : station(now);
            return station == null ? CompletableFuture.completedStage(null) : station.changed(now);
        });
    }

    @Override
    public CompletionStage<Void> removed(Subscription last) {
        discount(last);
        return onLoop(last, () -> {
            Station station = stations.remove(last.id());
            return station == null ? CompletableFuture.completedStage(null) : station.remove();
        });
    }

    @Override
    public CompletionStage<DeliveryStatus> of(Subscription subscription) {
        return onLoop(subscription, () -> {
            Station station = stations.get(subscription.id());
            return CompletableFuture.completedStage(station == null ? DeliveryStatus.IDLE : station.status());
        });
    }

    /// Sends nothing new. Completes when all that was under way has ended, after this time at the latest, and what was
    /// confirmed is durable.
    public CompletionStage<Void> drain(Duration atMost) {
        draining = true;
        List<CompletableFuture<Void>> drained = new ArrayList<>();
        for (Subscription subscription : parts.subscriptions().all()) {
            drained.add(onLoop(subscription, () -> {
                        Station station = stations.get(subscription.id());
                        return station == null ? CompletableFuture.<Void>completedStage(null) : station.drain(atMost);
                    })
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(drained.toArray(CompletableFuture<?>[]::new));
    }

    private void count(Subscription subscription) {
        if (!subscription.active()) {
            discount(subscription);
        } else if (allotment.enter(subscription.id())) {
            stations.values().forEach(Station::fit);
        }
    }

    private void discount(Subscription subscription) {
        if (allotment.leave(subscription.id())) {
            stations.values().forEach(Station::fit);
        }
    }

    private Station station(Subscription subscription) {
        return stations.computeIfAbsent(subscription.id(), _ -> new Station(around(subscription), subscription));
    }

    private Around around(Subscription subscription) {
        return new Around(
                loop(subscription),
                parts.instances(),
                parts.subscriptions(),
                parts.lines(),
                parts.settings(),
                allotment,
                parts.observer(),
                parts.clock(),
                parts.nanos(),
                parts.random());
    }

    private Loop loop(Subscription subscription) {
        return parts.loops().of(subscription.client());
    }

    private <T> CompletionStage<T> onLoop(Subscription subscription, Supplier<CompletionStage<T>> asked) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop(subscription)
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
