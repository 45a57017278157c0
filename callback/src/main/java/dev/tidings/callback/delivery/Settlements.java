package dev.tidings.callback.delivery;

import dev.tidings.broker.subscriptions.Retries;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.model.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What becomes of events whose request is over. Belongs to the deliverer's loop.
final class Settlements {
    private final Around around;
    private final Backoff backoff;
    private final Hand hand;
    private final Retreat retreat = new Retreat();
    /// What was given back, by its key, until that is durable: what came behind it went back, too.
    private final Map<String, Returning> returning = new HashMap<>();

    /// An event that was given back.
    private static final class Returning {
        final String id;
        /// What has arrived of its key since: it went back, too, or was given after that.
        final List<Parcel> met = new ArrayList<>();

        Returning(Parcel parcel, @Nullable Returning before) {
            id = parcel.id();
            if (before != null) {
                met.addAll(before.met);
            }
        }
    }

    Settlements(Around around, Backoff backoff, Hand hand) {
        this.around = around;
        this.backoff = backoff;
        this.hand = hand;
    }

    /// Whether an event that has arrived may have been on its way when the one before it went back. If it was, it comes
    /// again; if not, it is given back in its turn: then it comes again, too.
    boolean meetsReturning(Parcel parcel) {
        Returning first = before(parcel);
        if (first == null) {
            return false;
        }
        first.met.add(parcel);
        return true;
    }

    /// What is being given back of the key of another event.
    private @Nullable Returning before(Parcel parcel) {
        Returning first = parcel.key() == null ? null : returning.get(parcel.key());
        return first == null || first.id.equals(parcel.id()) ? null : first;
    }

    /// Those of them that the subscription is still to have: the types of others were taken away while they waited
    /// here, and they go back.
    List<Parcel> wanted(Reception from, List<Parcel> parcels, Subscription subscription) {
        List<Parcel> others = parcels.stream()
                .filter(parcel -> !isWanted(parcel, subscription))
                .toList();
        hand.free(others);
        leave(from, others, parcel -> giveBack(from, parcel, Retries.SHORTEST));
        return parcels.stream().filter(parcel -> !others.contains(parcel)).toList();
    }

    /// Whatever is dead of its groups is for an error handler.
    private boolean isWanted(Parcel parcel, Subscription subscription) {
        EventType type = parcel.type();
        return type == null
                || subscription.interest().errorsOf() != null
                || around.subscriptions()
                        .wants(subscription.id(), type, parcel.delivery().acceptedMillis());
    }

    void confirmed(Shipment shipment) {
        shipment.parcels().forEach(shipment.from()::settle);
    }

    /// The sink will never take it. Which event of a batch it is, nobody knows: each goes alone then.
    void rejected(Shipment shipment, String reason) {
        List<Parcel> parcels = shipment.parcels();
        if (parcels.size() == 1) {
            giveUp(shipment.from(), parcels.getFirst(), reason);
        } else if (!shipment.from().isClosed()) {
            hand.putBack(parcels.stream().map(Parcel::byItself).toList());
        }
    }

    /// Nothing has become of it.
    void postponed(Shipment shipment) {
        if (!shipment.from().isClosed()) {
            hand.putBack(shipment.parcels());
        }
    }

    /// Each is tried again later, or given up.
    void failed(Shipment shipment, String reason) {
        if (shipment.from().isClosed()) {
            return;
        }
        leave(shipment.from(), shipment.parcels(), parcel -> {
            Optional<Duration> wait = backoff.after(parcel.delivery().attempts() + 1, around.random());
            if (wait.isEmpty()) {
                giveUp(shipment.from(), parcel, reason);
            } else {
                giveBack(shipment.from(), parcel, wait.get());
            }
        });
    }

    /// Has each leave that was in a request, but for those behind one of their key that is given back: they go with it,
    /// and come again behind it.
    private void leave(Reception from, List<Parcel> parcels, Consumer<Parcel> alone) {
        for (Parcel parcel : parcels) {
            if (before(parcel) == null) {
                alone.accept(parcel);
            } else {
                from.forget(parcel);
            }
        }
    }

    private void giveUp(Reception from, Parcel parcel, String reason) {
        from.giveUp(parcel, reason);
        around.observer().gaveUp();
    }

    private void giveBack(Reception from, Parcel parcel, Duration wait) {
        retreat.add(around.clock().instant(), wait);
        String key = parcel.key();
        if (key == null) {
            from.release(parcel, wait, () -> {});
            return;
        }
        Returning now = new Returning(parcel, returning.get(key));
        returning.put(key, now);
        from.release(parcel, wait, () -> {
            if (returning.remove(key, now)) {
                now.met.forEach(other -> from.release(other, Duration.ZERO, () -> {}));
            }
        });
        hand.drop(key).forEach(from::forget);
    }

    /// How many events wait for their next attempt, as far as is known.
    int waiting(Instant now) {
        return retreat.size(now);
    }

    /// When the first of them is due; null: none waits.
    @Nullable
    Instant nextDue() {
        return retreat.next();
    }

    /// What was given back is somebody else's.
    void forget() {
        hand.clear();
        returning.clear();
    }
}
