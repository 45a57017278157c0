package dev.tidings.client.listening;

import dev.tidings.client.DeadEventException;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import dev.tidings.client.Metrics;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event on its way through a handler, until that has returned or is given up.
final class Handling implements Lines.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

    private final How how;
    private final CloudEvent event;
    private final Settlement settlement;
    private int attempts;

    /// What is to be told of it.
    interface Settlement {
        /// Whether nobody waits for it any more, so that it is not to be handled.
        boolean isVoid();

        void done();

        void dead(String why);
    }

    /// What all events of a listener have in common.
    record How(Listening listening, EventHandler handler, Metrics.Receiving metrics) {}

    Handling(How how, CloudEvent event, Settlement settlement) {
        this.how = how;
        this.event = event;
        this.settlement = settlement;
    }

    @Override
    public @Nullable Duration run() {
        if (settlement.isVoid()) {
            how.metrics.released();
            return null;
        }
        long begun = System.nanoTime();
        try {
            how.handler.handle(event);
            how.metrics.handled(since(begun));
            settlement.done();
            return null;
        } catch (DeadEventException unusable) {
            how.metrics.failed(since(begun));
            return die(String.valueOf(unusable.getMessage()));
        } catch (Throwable failure) { // the program's own code: whatever it throws, its next event is handled
            return failed(failure, since(begun));
        }
    }

    private @Nullable Duration failed(Throwable failure, Duration took) {
        how.metrics.failed(took);
        attempts++;
        LOG.warn("listener {}: event {} failed, {}. time", how.listening.name(), event.getId(), attempts, failure);
        return attempts >= how.listening.retrying().attempts()
                ? die(attempts + " attempts failed: " + failure)
                : how.listening.retrying().delay(attempts - 1);
    }

    private @Nullable Duration die(String why) {
        LOG.error("listener {}: event {} is dead: {}", how.listening.name(), event.getId(), why);
        how.metrics.dead();
        settlement.dead(why);
        return null;
    }

    static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
