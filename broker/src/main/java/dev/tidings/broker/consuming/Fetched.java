package dev.tidings.broker.consuming;

import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.groups.Group;
import dev.tidings.broker.groups.Wanted;
import dev.tidings.engine.StoredEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The payload of an event, once it is read again; empty where it is gone.
final class Fetched implements Wanted {
    private final long position;
    private final CompletableFuture<@Nullable StoredEvent> event = new CompletableFuture<>();

    private Fetched(long position) {
        this.position = position;
    }

    /// The payload of what an instance holds.
    static CompletableFuture<@Nullable StoredEvent> of(Session session, Held held) {
        Fetched fetched = new Fetched(held.position());
        StoredEvent atHand = session.payload(held);
        if (atHand != null) {
            fetched.event.complete(atHand);
        } else {
            session.want(held, fetched);
        }
        return fetched.event;
    }

    /// The payload of an event of a group.
    static CompletableFuture<@Nullable StoredEvent> of(Group group, Held held) {
        Fetched fetched = new Fetched(held.position());
        group.want(held, fetched);
        return fetched.event;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean isVoid() {
        return event.isDone();
    }

    @Override
    public void arrived(@Nullable StoredEvent found) {
        event.complete(found);
    }
}
