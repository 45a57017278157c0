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
        event = session.mayDeliver(held, found) ? found : null;
        missing = event == null;
        session.touch();
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
