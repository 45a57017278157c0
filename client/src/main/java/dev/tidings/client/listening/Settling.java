package dev.tidings.client.listening;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is said to the broker of the events that came by one connection: one thing after the other, in the order in
/// which it became known. One confirmation is under way at a time; the next says how far all is done by then. May be
/// used by any thread.
final class Settling {
    private final Messages messages;
    private final Consumer<String> onFailure;
    private final GivenBack givenBack;
    private final Floor floor = new Floor();
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private boolean confirming;
    private long confirmed;
    private boolean over;

    /// How it is said.
    interface Messages {
        CompletableFuture<?> confirm(long upTo);

        CompletableFuture<?> dead(String report);

        /// @param delay null: as the instance was opened
        CompletableFuture<?> release(long offset, @Nullable Duration delay);

        CompletableFuture<?> goodbye();
    }

    /// @param onFailure is told why something could not be sent
    /// @param nanos     a clock that only goes forward
    Settling(Messages messages, Consumer<String> onFailure, LongSupplier nanos) {
        this.messages = messages;
        this.onFailure = onFailure;
        this.givenBack = new GivenBack(nanos);
    }

    /// An event was handled. It is confirmed as soon as all those before it are.
    void done(long offset) {
        synchronized (this) {
            floor.done(offset);
        }
        confirm();
    }

    /// An event can't be handled.
    ///
    /// @param report the event with what is to be said of it
    void dead(long offset, String report) {
        Future<?> unused = send(() -> messages.dead(report));
        done(offset);
    }

    /// An event is to come again.
    ///
    /// @param delay null: as the instance was opened
    void release(long offset, @Nullable Duration delay) {
        Future<?> unused = send(() -> messages.release(offset, delay));
        done(offset);
    }

    /// The keys of which events were released by this connection.
    GivenBack givenBack() {
        return givenBack;
    }

    /// Completes when the goodbye is sent, behind everything else; also behind how far all is done by now, which may be
    /// waiting for an earlier confirmation.
    synchronized CompletableFuture<?> goodbye() {
        long upTo = floor.reached();
        if (upTo > confirmed && !over) {
            confirmed = upTo;
            sending = sending.thenCompose(before -> messages.confirm(upTo));
        }
        sending = sending.handle((sent, failure) -> null).thenCompose(sent -> messages.goodbye());
        return sending;
    }

    /// Nothing more can be sent; false where that was known.
    synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    /// Whether what arrived can't be confirmed any more.
    synchronized boolean isOver() {
        return over;
    }

    private void confirm() {
        long upTo;
        synchronized (this) {
            upTo = floor.reached();
            if (confirming || upTo == confirmed || over) {
                return;
            }
            confirming = true;
            confirmed = upTo;
        }
        Future<?> unused = send(() -> messages.confirm(upTo)).thenRun(() -> {
            synchronized (this) {
                confirming = false;
            }
            confirm();
        });
    }

    private CompletableFuture<?> send(Supplier<CompletableFuture<?>> message) {
        CompletableFuture<?> sent;
        synchronized (this) {
            if (!over) {
                sending = sending.thenCompose(before -> message.get());
            }
            sent = sending;
        }
        return sent.whenComplete((done, failure) -> {
            if (failure != null) {
                onFailure.accept("nothing can be sent: " + failure);
            }
        });
    }
}
