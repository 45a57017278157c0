package dev.tidings.client.listening;

import dev.tidings.client.AsyncHandler;
import dev.tidings.client.DeadEventException;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import dev.tidings.client.Metrics;
import dev.tidings.client.RetryLaterException;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event on its way through a handler, until that has returned or is given up.
final class Handling implements Lines.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

    private static final CompletionStage<Optional<Duration>> DONE = CompletableFuture.completedFuture(Optional.empty());

    private final How how;
    private final CloudEvent event;
    private final Settlement settlement;
    private int attempts;

    /// What is to be told of it.
    interface Settlement {
        /// Whether it is not to be handled: nobody waits for it any more, or it comes again.
        boolean isVoid();

        void done();

        void dead(String why);

        /// It is to be handled later.
        ///
        /// @param delay empty: as the listener says
        /// @return after how long it is handled again here; empty: it comes again by itself
        Optional<Duration> later(Optional<Duration> delay);
    }

    /// What all events of a listener have in common.
    record How(Listening listening, EventHandler handler, Metrics.Receiving metrics) {}

    Handling(How how, CloudEvent event, Settlement settlement) {
        this.how = how;
        this.event = event;
        this.settlement = settlement;
    }

    @Override
    public CompletionStage<Optional<Duration>> run() {
        if (settlement.isVoid()) {
            how.metrics.released();
            return DONE;
        }
        long begun = System.nanoTime();
        try {
            if (how.handler instanceof AsyncHandler async) {
                return async.begin(event).handle((done, failure) -> ended(cause(failure), since(begun)));
            }
            how.handler.handle(event);
            ended(null, since(begun));
            return DONE;
        } catch (Throwable failure) { // the program's own code: whatever it throws, its next event is handled
            return CompletableFuture.completedFuture(ended(failure, since(begun)));
        }
    }

    private Optional<Duration> ended(@Nullable Throwable failure, Duration took) {
        if (failure == null) {
            how.metrics.handled(took);
            settlement.done();
            return Optional.empty();
        }
        if (failure instanceof RetryLaterException later) {
            how.metrics.postponed(took);
            return postponed(later);
        }
        how.metrics.failed(took);
        return failure instanceof DeadEventException ? die(String.valueOf(failure.getMessage())) : failed(failure);
    }

    private Optional<Duration> postponed(RetryLaterException later) {
        LOG.debug("listener {}: event {} is postponed", how.listening.name(), event.getId(), later);
        Optional<Duration> here = settlement.later(later.delay());
        if (here.isEmpty()) {
            how.metrics.released();
        }
        return here;
    }

    private Optional<Duration> failed(Throwable failure) {
        attempts++;
        LOG.warn("listener {}: event {} failed, {}. time", how.listening.name(), event.getId(), attempts, failure);
        return attempts >= how.listening.retrying().attempts()
                ? die(attempts + " attempts failed: " + failure)
                : Optional.of(how.listening.retrying().delay(attempts - 1));
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private Optional<Duration> die(String why) {
        LOG.error("listener {}: event {} is dead: {}", how.listening.name(), event.getId(), why);
        how.metrics.dead();
        settlement.dead(why);
        return Optional.empty();
    }

    static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
