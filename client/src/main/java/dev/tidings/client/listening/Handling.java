package dev.tidings.client.listening;

import dev.tidings.client.DeadEventException;
import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event on its way through a handler, until that has returned or is given up.
final class Handling implements Lines.Work {
    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);

    private final Listening listening;
    private final EventHandler handler;
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

    Handling(Listening listening, EventHandler handler, CloudEvent event, Settlement settlement) {
        this.listening = listening;
        this.handler = handler;
        this.event = event;
        this.settlement = settlement;
    }

    @Override
    public @Nullable Duration run() {
        if (settlement.isVoid()) {
            return null;
        }
        try {
            handler.handle(event);
            settlement.done();
            return null;
        } catch (DeadEventException unusable) {
            return die(String.valueOf(unusable.getMessage()));
        } catch (Throwable failure) { // the program's own code: whatever it throws, its next event is handled
            return failed(failure);
        }
    }

    private @Nullable Duration failed(Throwable failure) {
        attempts++;
        LOG.warn("listener {}: event {} failed, {}. time", listening.name(), event.getId(), attempts, failure);
        return attempts >= listening.retrying().attempts()
                ? die(attempts + " attempts failed: " + failure)
                : listening.retrying().delay(attempts - 1);
    }

    private @Nullable Duration die(String why) {
        LOG.error("listener {}: event {} is dead: {}", listening.name(), event.getId(), why);
        settlement.dead(why);
        return null;
    }
}
