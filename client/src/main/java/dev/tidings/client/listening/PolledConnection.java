package dev.tidings.client.listening;

import dev.tidings.wire.Received;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A connection by long polling: one poll after the other, and beside it what is said of the events.
final class PolledConnection implements Connection, Settling.Messages {
    private final Events events;
    private final boolean returns;
    private final Settling settling;
    private volatile @Nullable Polled instance;

    /// @param nanos   a clock that only goes forward
    /// @param returns whether what is left unconfirmed is to wait for the process
    PolledConnection(Events events, LongSupplier nanos, boolean returns) {
        this.events = events;
        this.returns = returns;
        this.settling = new Settling(this, this::failed, nanos);
    }

    /// Polls once the instance is there.
    void over(CompletableFuture<Polled> opening) {
        Future<?> unused = opening.whenComplete((opened, failure) -> {
            if (failure != null) {
                failed(reason(failure));
            } else {
                opened(opened);
            }
        });
    }

    private void opened(Polled opened) {
        instance = opened;
        if (settling.isOver()) {
            leave(opened);
        } else {
            events.opened();
            poll(opened);
        }
    }

    private void poll(Polled from) {
        Future<?> unused = from.next().whenComplete((received, failure) -> {
            if (failure != null) {
                failed(reason(failure));
            } else if (!settling.isOver()) {
                arrived(received);
                poll(from);
            }
        });
    }

    private void arrived(List<Received> received) {
        for (Received event : received) {
            events.arrived(this, event);
        }
    }

    @Override
    public boolean isConnected() {
        return instance != null && !settling.isOver();
    }

    @Override
    public Settling settling() {
        return settling;
    }

    /// A poll that is not answered fails by itself.
    @Override
    public void endIfSilent(Duration time) {}

    /// The instance is ended where that can be said: its events go back at once, else when it expires.
    @Override
    public void failed(String why) {
        if (settling.end()) {
            Polled open = instance;
            if (open != null) {
                leave(open);
            }
            events.lost(this, why);
        }
    }

    @Override
    public CompletableFuture<?> confirm(long upTo) {
        return opened().confirm(upTo);
    }

    @Override
    public CompletableFuture<?> dead(String report) {
        return opened().dead(report);
    }

    @Override
    public CompletableFuture<?> release(long offset, @Nullable Duration delay) {
        return opened().release(offset, delay);
    }

    @Override
    public CompletableFuture<?> goodbye() {
        Polled open = instance;
        return settling.end() && open != null ? open.end(!returns) : CompletableFuture.completedFuture(null);
    }

    /// What is said of events is said to the instance by which they came.
    private Polled opened() {
        Polled open = instance;
        if (open == null) {
            throw new IllegalStateException("nothing can have come by an instance that is not open");
        }
        return open;
    }

    private static void leave(Polled open) {
        Future<?> unused = open.end(false);
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
