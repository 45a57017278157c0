package dev.tidings.bench.curves;

import dev.tidings.bench.EventSocket;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// Many WebSocket consumers, all through one client.
final class Crowd implements AutoCloseable {
    private static final int AT_ONCE = 200;

    private final Vertx vertx;
    private final int port;
    private final int confirmEach;
    private final NetClient client;
    private final List<EventSocket> sockets = new ArrayList<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    Crowd(Vertx vertx, int port, int confirmEach) {
        this.vertx = vertx;
        this.port = port;
        this.confirmEach = confirmEach;
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    }

    /// Opens more, until there are so many and the server has agreed to each.
    ///
    /// @param query the parameters of the instance of this number
    void grow(int size, IntFunction<String> query) throws IOException, InterruptedException {
        while (sockets.size() < size) {
            int upTo = Math.min(size, sockets.size() + AT_ONCE);
            while (sockets.size() < upTo) {
                EventSocket socket = new EventSocket(
                        (from, all, start, end) -> {
                            received.incrementAndGet();
                            if (from.offset() % confirmEach == 0) {
                                from.confirm(from.offset());
                            }
                        },
                        opened::incrementAndGet);
                String parameters = query.apply(sockets.size());
                sockets.add(socket);
                vertx.runOnContext(nothing -> socket.open(client, port, parameters));
            }
            awaitOpen(upTo);
        }
    }

    void shrink(int size) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        List<EventSocket> leaving = sockets.subList(size, sockets.size());
        vertx.runOnContext(nothing -> {
            leaving.forEach(EventSocket::close);
            done.complete(true);
        });
        done.join();
        opened.addAndGet(-leaving.size());
        leaving.clear();
    }

    long received() {
        return received.get();
    }

    private void awaitOpen(int size) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (opened.get() < size) {
            if (System.nanoTime() > deadline) {
                throw new IOException("only %d of %d consumers could be opened".formatted(opened.get(), size));
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        shrink(0);
        client.close();
    }
}
