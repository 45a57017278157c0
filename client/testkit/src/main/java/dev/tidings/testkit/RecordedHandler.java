package dev.tidings.testkit;

import dev.tidings.client.AsyncHandler;
import dev.tidings.client.DeadEventException;
import dev.tidings.client.EventHandler;
import dev.tidings.client.RetryLaterException;
import dev.tidings.testkit.Flow.Entry;
import dev.tidings.testkit.Flow.Step;
import io.cloudevents.CloudEvent;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Records what a handler does.
final class RecordedHandler implements EventHandler {
    private final Audience.Seat seat;
    private final EventHandler handler;
    private final Recording recording;

    /// How often each arrival of an event has failed: it counts anew where it comes again by another connection.
    private final Map<CloudEvent, Integer> failures = Collections.synchronizedMap(new IdentityHashMap<>());

    private RecordedHandler(Audience.Seat seat, EventHandler handler, Recording recording) {
        this.seat = seat;
        this.handler = handler;
        this.recording = recording;
    }

    /// A handler of the same kind.
    static EventHandler of(Audience.Seat seat, EventHandler handler, Recording recording) {
        RecordedHandler recorded = new RecordedHandler(seat, handler, recording);
        return handler instanceof AsyncHandler async
                ? AsyncHandler.of(event -> recorded.begin(event, async))
                : recorded;
    }

    @Override
    public void handle(CloudEvent event) throws Exception {
        Shuffle.Turn turn = delivered(event);
        try {
            handler.handle(event);
            handled(event);
        } catch (Throwable failure) { // the program's own code: told, and thrown again
            failed(event, failure);
            throw failure;
        } finally {
            turn.end();
        }
    }

    private CompletionStage<?> begin(CloudEvent event, AsyncHandler async) throws Exception {
        Shuffle.Turn turn = delivered(event);
        try {
            return async.begin(event).whenComplete((result, failure) -> {
                if (failure == null) {
                    handled(event);
                } else {
                    failed(event, failure);
                }
                turn.end();
            });
        } catch (Throwable failure) { // the program's own code: told, and thrown again
            failed(event, failure);
            turn.end();
            throw failure;
        }
    }

    private Shuffle.Turn delivered(CloudEvent event) {
        String key = event.getExtension("partitionkey") instanceof String text ? text : event.getId();
        Shuffle.Turn turn = recording.shuffle().enter(key);
        tell(Step.DELIVERED, event, "");
        return turn;
    }

    private void handled(CloudEvent event) {
        failures.remove(event);
        tell(Step.HANDLED, event, "");
    }

    private void failed(CloudEvent event, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RetryLaterException) {
            tell(Step.POSTPONED, event, String.valueOf(cause.getMessage()));
            return;
        }
        boolean last = cause instanceof DeadEventException
                || failures.merge(event, 1, Integer::sum)
                        >= seat.listening().retrying().attempts();
        if (last) {
            failures.remove(event);
        }
        tell(last ? Step.DEAD : Step.FAILED, event, String.valueOf(cause));
    }

    private void tell(Step step, CloudEvent event, String why) {
        recording.flow().add(new Entry(step, event, seat.listener(), why));
    }
}
