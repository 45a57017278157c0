package dev.tidings.client.listening;

import dev.tidings.client.EventHandler;
import dev.tidings.client.Listening;
import io.cloudevents.CloudEvent;
import java.time.Duration;

/// A listener of the same process. May be used by any thread.
public final class LocalListener {
    private final Listening listening;
    private final EventHandler handler;
    private final Lines lines;

    /// Told what became of an event.
    public interface Outcome {
        void handled();

        void dead(String why);
    }

    public LocalListener(Listening listening, EventHandler handler) {
        this.listening = listening;
        this.handler = handler;
        this.lines = new Lines(listening.name(), listening.concurrency());
    }

    public String name() {
        return listening.name();
    }

    public boolean wants(CloudEvent event) {
        return listening.types().contains(event.getType());
    }

    /// Handles the event now, in the caller's thread, once.
    public void handle(CloudEvent event) throws Exception {
        handler.handle(event);
    }

    /// Handles the event soon, behind those of its key, as often as need be.
    public void enqueue(CloudEvent event, Outcome outcome) {
        String key = event.getExtension("partitionkey") instanceof String text ? text : null;
        lines.add(key, new Handling(listening, handler, event, new Handling.Settlement() {
            @Override
            public boolean isVoid() {
                return false;
            }

            @Override
            public void done() {
                outcome.handled();
            }

            @Override
            public void dead(String why) {
                outcome.dead(why);
            }
        }));
    }

    /// Lets handlers finish, within that time; false where they need longer.
    public boolean close(Duration patience) {
        return lines.close(patience);
    }
}
