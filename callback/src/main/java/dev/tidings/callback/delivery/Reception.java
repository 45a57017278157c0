package dev.tidings.callback.delivery;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Outlet;
import dev.tidings.broker.loop.Loop;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.Caller;
import dev.tidings.model.Delivery;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An instance in the group of a subscription, which is never given more than its deliverer has room for. Belongs to
/// the deliverer's loop.
final class Reception implements Outlet {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Loop loop;
    private final Deliveries deliveries;
    private final Allotment allotment;
    private @Nullable Instance instance;
    private boolean closed;
    private long last;
    /// How much may be on its way or in hand.
    private int window;

    /// Who takes what comes, on the loop.
    interface Deliveries {
        void arrived(Reception from, List<Delivery> events);

        /// Nothing more comes, and what was not settled goes to somebody else.
        ///
        /// @param why in a sentence
        void lost(Reception from, String why);
    }

    Reception(Loop loop, Deliveries deliveries, Allotment allotment) {
        this.loop = loop;
        this.deliveries = deliveries;
        this.allotment = allotment;
    }

    void open(Instances instances, GroupName group, DeliverySettings settings) {
        Opening opening = new Opening(
                group.name(), Set.of(Lane.EVENTS), settings.window(), null, null, new Opening.Start.Latest());
        instances
                .open(new Caller(group.client()), opening, this)
                .whenComplete((opened, failure) -> loop.execute(() -> {
                    switch (opened) {
                        case null -> lose("the broker can't deliver now: " + failure.getMessage());
                        case Opened.Refused(var refusal) -> lose(refusal.detail());
                        case Opened.Open(Instance open) -> begin(open);
                    }
                }));
    }

    private void begin(Instance open) {
        instance = open;
        if (closed) {
            var _ = open.close();
        } else {
            fit();
        }
    }

    /// Takes as much as its allotment is now: more, or nothing more before less than that is in hand.
    void fit() {
        if (instance != null) {
            int now = allotment.bytes();
            instance.grant(now - window);
            window = now;
        }
    }

    private void lose(String why) {
        if (!closed) {
            closed = true;
            deliveries.lost(this, why);
        }
    }

    @Override
    public void deliver(List<Delivery> events) {
        loop.execute(() -> {
            if (!closed) {
                last = events.getLast().offset();
                deliveries.arrived(this, events);
            }
        });
    }

    @Override
    public void ended(Ending ending) {
        loop.execute(() -> lose(
                switch (ending) {
                    case REVOKED -> "the client may not consume this any more";
                    case DRAINING -> "the broker shuts down";
                    case FAILED -> "the broker can't read the events";
                }));
    }

    /// Whether what came from it is somebody else's by now.
    boolean isClosed() {
        return closed;
    }

    /// The sink has confirmed it.
    void settle(Parcel parcel) {
        done(parcel, open -> open.singly().settle(parcel.offset()));
    }

    /// Nobody will ever take it. Completes once the event is among the dead.
    void giveUp(Parcel parcel, String detail) {
        done(parcel, open -> open.singly().giveUp(parcel.offset(), detail));
    }

    /// It is to be delivered again after this time, and what came of its key behind it, after it.
    ///
    /// @param stored is called once that is durable
    void release(Parcel parcel, Duration delay, Runnable stored) {
        done(
                parcel,
                open -> open.singly().release(parcel.offset(), delay).thenApply(settlement -> {
                    loop.execute(stored);
                    return settlement;
                }));
    }

    /// It went back together with one before it.
    void forget(Parcel parcel) {
        if (instance != null) {
            instance.grant(Math.max(1, parcel.bytes()));
        }
    }

    /// These have never gone out.
    void unread(List<Parcel> unsent) {
        Set<Long> offsets = unsent.stream().map(Parcel::offset).collect(Collectors.toSet());
        long first = last + 1;
        while (offsets.contains(first - 1)) {
            first--;
        }
        if (instance != null) {
            instance.unread(first);
        }
    }

    /// Ends the instance; completes when what was settled is durable. What was not is delivered to somebody else.
    CompletionStage<Void> close() {
        closed = true;
        return instance == null ? CompletableFuture.completedStage(null) : instance.close();
    }

    private static Duration again(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof Unavailable unavailable ? unavailable.retryAfter() : AGAIN;
    }

    /// What can't be stored is tried again: the event stays with the instance until then.
    private void done(Parcel parcel, Function<Instance, CompletionStage<Settlement>> settling) {
        Instance open = instance;
        if (open == null || closed) {
            return;
        }
        settling.apply(open)
                .whenComplete((_, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        open.grant(Math.max(1, parcel.bytes()));
                    } else {
                        loop.after(again(failure), () -> done(parcel, settling));
                    }
                }));
    }
}
