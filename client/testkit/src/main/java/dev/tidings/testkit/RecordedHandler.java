package dev.tidings.testkit;

import dev.tidings.client.DeadEventException;
import dev.tidings.client.EventHandler;
import dev.tidings.testkit.Flow.Entry;
import dev.tidings.testkit.Flow.Step;
import io.cloudevents.CloudEvent;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/// Records what a handler does.
final class RecordedHandler implements EventHandler {
    private final Audience.Seat seat;
    private final EventHandler handler;
    private final Recording recording;

    /// How often each arrival of an event has failed: it counts anew where it comes again by another connection.
    private final Map<CloudEvent, Integer> failures = Collections.synchronizedMap(new IdentityHashMap<>());

    RecordedHandler(Audience.Seat seat, EventHandler handler, Recording recording) {
        this.seat = seat;
        this.handler = handler;
        this.recording = recording;
    }

    @Override
    public void handle(CloudEvent event) throws Exception {
        Shuffle.Turn turn = recording.shuffle().enter(key(event));
        try {
            attempt(event);
        } finally {
            turn.end();
        }
    }

    private static String key(CloudEvent event) {
        return event.getExtension("partitionkey") instanceof String key ? key : event.getId();
    }

    private void attempt(CloudEvent event) throws Exception {
        try {
            tell(Step.DELIVERED, event, "");
            handler.handle(event);
            failures.remove(event);
            tell(Step.HANDLED, event, "");
        } catch (DeadEventException unusable) {
            failures.remove(event);
            tell(Step.DEAD, event, String.valueOf(unusable.getMessage()));
            throw unusable;
        } catch (Throwable failure) { // the program's own code: told, and thrown again
            boolean last = failures.merge(event, 1, Integer::sum)
                    >= seat.listening().retrying().attempts();
            if (last) {
                failures.remove(event);
            }
            tell(last ? Step.DEAD : Step.FAILED, event, String.valueOf(failure));
            throw failure;
        }
    }

    private void tell(Step step, CloudEvent event, String why) {
        recording.flow().add(new Entry(step, event, seat.listener(), why));
    }
}
