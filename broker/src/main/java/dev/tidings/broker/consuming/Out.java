package dev.tidings.broker.consuming;

import dev.tidings.broker.dispatch.Held;
import dev.tidings.broker.groups.Wanted;
import dev.tidings.engine.StoredEvent;
import org.jspecify.annotations.Nullable;

/// A delivery whose payload is not at hand, or that waits behind such a one.
final class Out implements Wanted {
    final Session session;
    final long offset;
    final Held held;
    private @Nullable StoredEvent event;
    private boolean missing;
    private boolean dropped;

    Out(Session session, long offset, Held held) {
        this.session = session;
        this.offset = offset;
        this.held = held;
    }

    @Override
    public long position() {
        return held.position();
    }

    @Override
    public void arrived(@Nullable StoredEvent found) {
        if (!dropped) {
            event = found != null && session.mayDeliver(held, found) ? found.compact() : null;
            missing = event == null;
            session.touch();
        }
    }

    /// It will not be delivered.
    void drop() {
        dropped = true;
        event = null;
    }

    @Override
    public boolean isVoid() {
        return dropped;
    }

    @Nullable
    StoredEvent event() {
        return event;
    }

    /// Whether it turned out that it can't be delivered.
    boolean isMissing() {
        return missing;
    }
}
