package dev.tidings.callback.delivery;

import dev.tidings.broker.subscriptions.DeliveryStatus;
import dev.tidings.broker.subscriptions.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where the events of one subscription leave: has a deliverer that works as its newest version says, or none. Belongs
/// to its loop.
final class Station {
    /// What is under way when something changes may come to its end.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Around around;
    private final List<CompletableFuture<Void>> idle = new ArrayList<>();
    private Subscription wanted;
    private Duration grace = GRACE;
    private @Nullable Deliverer deliverer;
    private boolean leaving;
    private boolean removed;
    private boolean greets;

    Station(Around around, Subscription wanted) {
        this.around = around;
        this.wanted = wanted;
    }

    /// Works as the subscription says that it was given.
    void open() {
        turn();
    }

    /// There is this version. Completes, where it is not active, once nothing is delivered any more.
    CompletionStage<Void> changed(Subscription now) {
        if (now.version() < wanted.version()) {
            return CompletableFuture.completedStage(null);
        }
        wanted = now;
        greets = true;
        if (now.active()) {
            turn();
            return CompletableFuture.completedStage(null);
        }
        return empty();
    }

    /// Nothing is to be delivered ever again; what is under way is cut.
    CompletionStage<Void> remove() {
        grace = Duration.ZERO;
        return close();
    }

    /// Nothing new is sent any more.
    ///
    /// @return completes once what was under way has ended, or its time is over
    CompletionStage<Void> drain(Duration atMost) {
        grace = atMost;
        return close();
    }

    /// What it may have in memory has changed. May be called by any thread.
    void fit() {
        around.loop().execute(() -> {
            if (deliverer != null) {
                deliverer.fit();
            }
        });
    }

    DeliveryStatus status() {
        return deliverer == null ? DeliveryStatus.IDLE : deliverer.status();
    }

    private CompletionStage<Void> close() {
        removed = true;
        return empty();
    }

    private CompletionStage<Void> empty() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        idle.add(done);
        turn();
        return done;
    }

    private void turn() {
        boolean active = wanted.active() && !removed;
        Deliverer now = deliverer;
        if (now != null && !(active && now.suits(wanted))) {
            leave(now);
        } else if (active) {
            arrive(now);
        } else if (now == null) {
            List.copyOf(idle).forEach(done -> done.complete(null));
            idle.clear();
        }
    }

    private void arrive(@Nullable Deliverer existing) {
        Deliverer here = existing == null ? new Deliverer(around, wanted) : existing;
        deliverer = here;
        here.open();
        if (existing == null && greets) {
            here.greet();
        }
    }

    private void leave(Deliverer leaver) {
        if (leaving && !grace.isZero()) {
            return;
        }
        leaving = true;
        leaver.stop(grace)
                .whenComplete((_, _) -> around.loop().execute(() -> {
                    if (deliverer == leaver) {
                        deliverer = null;
                        leaving = false;
                        turn();
                    }
                }));
    }
}
