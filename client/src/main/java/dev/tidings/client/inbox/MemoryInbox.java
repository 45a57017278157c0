package dev.tidings.client.inbox;

import dev.tidings.client.EventHandler;
import io.cloudevents.CloudEvent;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Remembers in memory which events were handled: enough for what is repeated while the process lives, since a
/// connection was lost or a confirmation came too late. May be used by any thread; one for each listener.
public final class MemoryInbox {
    private final int most;
    private final Map<String, CompletableFuture<Boolean>> known = new HashMap<>();
    private final Queue<String> handled = new ArrayDeque<>();

    /// An empty inbox.
    ///
    /// @param most how many events are remembered; some 200 bytes each
    public MemoryInbox(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("expected at least one event, found " + most);
        }
        this.most = most;
    }

    /// The handler, called for what was not handled yet. Where an event comes again while it is being
    /// handled, that is waited for: it counts as handled only if it was.
    public EventHandler once(EventHandler handler) {
        return event -> {
            String key = EventKey.of("", event);
            CompletableFuture<Boolean> mine = new CompletableFuture<>();
            for (CompletableFuture<Boolean> other = begin(key, mine); other != null; other = begin(key, mine)) {
                if (other.get()) {
                    return;
                }
            }
            handle(event, handler, key);
        };
    }

    private void handle(CloudEvent event, EventHandler handler, String key) throws Exception {
        boolean done = false;
        try {
            handler.handle(event);
            done = true;
        } finally {
            end(key, done);
        }
    }

    /// Who is at it, or was; null where it is this caller's now.
    private synchronized @Nullable CompletableFuture<Boolean> begin(String key, CompletableFuture<Boolean> mine) {
        return known.putIfAbsent(key, mine);
    }

    private synchronized void end(String key, boolean done) {
        CompletableFuture<Boolean> mine = done ? known.get(key) : known.remove(key);
        if (done) {
            handled.add(key);
            if (handled.size() > most) {
                known.remove(handled.remove());
            }
        }
        if (mine != null) {
            mine.complete(done);
        }
    }
}
