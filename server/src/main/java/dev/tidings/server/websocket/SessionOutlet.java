package dev.tidings.server.websocket;

import dev.tidings.broker.consuming.Outlet;
import dev.tidings.model.Delivery;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Takes what an instance says over to the event loop of its connection. The instance is opened before the connection
/// is upgraded, so for a while there is no session yet; nothing is delivered in that time, but the instance may end.
final class SessionOutlet implements Outlet {
    private final Executor loop;
    private @Nullable Session session;
    private @Nullable Ending early;

    SessionOutlet(Executor loop) {
        this.loop = loop;
    }

    /// To be called on the event loop.
    void attach(Session attached) {
        session = attached;
        Ending ending = early;
        if (ending != null) {
            attached.ended(ending);
        }
    }

    @Override
    public void deliver(List<Delivery> deliveries) {
        loop.execute(() -> {
            Session attached = session;
            if (attached != null) {
                attached.deliver(deliveries);
            }
        });
    }

    @Override
    public void ended(Ending ending) {
        loop.execute(() -> {
            Session attached = session;
            if (attached == null) {
                early = ending;
            } else {
                attached.ended(ending);
            }
        });
    }
}
