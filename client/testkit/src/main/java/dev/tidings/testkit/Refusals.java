package dev.tidings.testkit;

import dev.tidings.client.FailureListener;
import dev.tidings.client.RefusedException;
import io.cloudevents.CloudEvent;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// What was fired and refused by the broker: it is told of it before it hears that all is taken.
record Refusals(Recording recording, Set<CloudEvent> events) implements FailureListener {
    static Refusals of(Recording recording) {
        return new Refusals(recording, Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>())));
    }

    @Override
    public void refused(CloudEvent event, RefusedException reason) {
        events.add(event);
        recording.refused(event, reason);
    }

    void taken(CloudEvent event) {
        if (!events.remove(event)) {
            recording.published(event);
        }
    }
}
