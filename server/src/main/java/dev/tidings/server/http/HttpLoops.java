package dev.tidings.server.http;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The event loops of a server, and how many connections they serve together. May be used by any thread.
final class HttpLoops {
    private final Map<EventLoop, HttpLoop> loops = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final int most;

    HttpLoops(int mostConnections) {
        most = mostConnections;
    }

    void add(EventLoop eventLoop, HttpLoop loop) {
        loops.put(eventLoop, loop);
    }

    @Nullable
    HttpLoop of(EventLoop eventLoop) {
        return loops.get(eventLoop);
    }

    /// Whether one more connection may be opened; it then counts until it is [#closed].
    boolean open() {
        if (connections.incrementAndGet() <= most) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    void closed() {
        connections.decrementAndGet();
    }

    int connections() {
        return connections.get();
    }
}
