package dev.tidings.broker.subscriptions;

import dev.tidings.broker.consuming.GroupKeeping;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Opening.Start;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Engine;
import dev.tidings.model.Lane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps subscriptions in the store, each in one append with its group, and tells who delivers. A subscription that has
/// ended has no group: nothing is kept for it.
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final Engine engine;
    private final GroupKeeping groups;
    private final SubscriptionRows rows;
    private final Rests rests;
    private final Map<String, Subscription> byId = new ConcurrentHashMap<>();
    private final List<Subscriptions.Listener> listeners = new CopyOnWriteArrayList<>();

    Shelf(Engine engine, GroupKeeping groups, Seal seal) {
        this.engine = engine;
        this.groups = groups;
        this.rows = new SubscriptionRows(seal);
        this.rests = new Rests(engine);
        rows.all(engine.states()).forEach(subscription -> byId.put(subscription.id(), subscription));
    }

    Collection<Subscription> all() {
        return List.copyOf(byId.values());
    }

    Optional<Subscription> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Rests rests() {
        return rests;
    }

    void onChange(Subscriptions.Listener listener) {
        listeners.add(listener);
    }

    CompletionStage<Void> create(Subscription subscription, Start start) {
        return groups.create(subscription.client(), opening(subscription, start), List.of(rows.put(subscription)))
                .thenCompose(_ -> adopt(subscription));
    }

    /// Completes once it is in effect: where it is not active any more, when nothing is delivered any more.
    CompletionStage<Void> put(Subscription before, Subscription after) {
        return store(before, after).thenCompose(_ -> {
            if (!after.active()) {
                rests.forget(after);
            }
            return adopt(after);
        });
    }

    CompletionStage<Void> remove(Subscription subscription) {
        return all(listener -> listener.removed(subscription))
                .thenCompose(_ -> groups.delete(
                        subscription.group(), with(SubscriptionRows.remove(subscription), rests.removal(subscription))))
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        byId.remove(subscription.id());
                        rests.forget(subscription);
                    } else {
                        tell(subscription);
                    }
                });
    }

    CompletionStage<Void> tell(Subscription subscription) {
        return all(listener -> listener.changed(subscription));
    }

    private CompletionStage<Void> store(Subscription before, Subscription after) {
        List<StateChange> row = with(rows.put(after), after.active() ? List.of() : rests.removal(after));
        boolean had = before.status().state() != State.ENDED;
        boolean has = after.status().state() != State.ENDED;
        if (had && !has) {
            return groups.delete(before.group(), row);
        }
        if (!had && has) {
            return groups.create(after.client(), opening(after, new Start.Latest()), row);
        }
        return has && !before.interest().equals(after.interest())
                ? groups.change(after.client(), opening(after, new Start.Latest()), row)
                : engine.log().append(Batch.ofStates(row)).thenAccept(_ -> {});
    }

    private static List<StateChange> with(StateChange first, List<StateChange> more) {
        List<StateChange> all = new ArrayList<>(more);
        all.addFirst(first);
        return all;
    }

    private CompletionStage<Void> adopt(Subscription subscription) {
        byId.put(subscription.id(), subscription);
        CompletionStage<Void> told = tell(subscription);
        return subscription.active() ? CompletableFuture.completedStage(null) : told;
    }

    private CompletionStage<Void> all(Telling telling) {
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Subscriptions.Listener listener : listeners) {
            all = all.thenCombine(
                    telling.to(listener).exceptionally(failure -> {
                        LOG.error("somebody who delivers could not take a change of a subscription", failure);
                        return null;
                    }),
                    (_, _) -> null);
        }
        return all;
    }

    @FunctionalInterface
    private interface Telling {
        CompletionStage<Void> to(Subscriptions.Listener listener);
    }

    private static Opening opening(Subscription subscription, Start start) {
        return new Opening(
                        subscription.group().name(),
                        Set.of(Lane.EVENTS),
                        null,
                        subscription.interest().types(),
                        null,
                        start)
                .withFilter(subscription.interest().filter())
                .withErrorsOf(subscription.interest().errorsOf());
    }
}
