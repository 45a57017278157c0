package dev.tidings.server.websocket;

import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ClientName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// The WebSocket connections that are open, counted for each client. May be used by any thread.
public final class Connections {
    private final Catalogs catalogs;
    private final int perClient;
    private final Map<ClientName, Integer> counts = new HashMap<>();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    public Connections(Catalogs catalogs, WebSocketConfig config) {
        this.catalogs = catalogs;
        this.perClient = config.perClient();
    }

    /// How many are open.
    public int count() {
        return open.size();
    }

    /// Ends all of them, once what they confirmed is stored. Completes when all have been told goodbye.
    public CompletionStage<Void> drain() {
        return CompletableFuture.allOf(open.stream().map(Connection::drain).toArray(CompletableFuture[]::new));
    }

    /// Counts one more connection of the client's, unless it has as many as it may.
    synchronized boolean admit(ClientName client) {
        int count = counts.getOrDefault(client, 0);
        if (count >= most(client)) {
            return false;
        }
        counts.put(client, count + 1);
        return true;
    }

    synchronized void release(ClientName client) {
        counts.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }

    int most(ClientName client) {
        ClientEntry entry = catalogs.current().client(client);
        Integer quota = entry == null ? null : entry.quotas().connections();
        return quota == null ? perClient : quota;
    }

    Connection opened(ClientName client, Session session, Executor loop) {
        Connection connection = new Connection(client, session, loop);
        open.add(connection);
        return connection;
    }

    /// One that is open.
    final class Connection {
        private final ClientName client;
        private final Session session;
        private final Executor loop;

        Connection(ClientName client, Session session, Executor loop) {
            this.client = client;
            this.session = session;
            this.loop = loop;
        }

        void closed() {
            open.remove(this);
            release(client);
        }

        private CompletableFuture<Void> drain() {
            return CompletableFuture.supplyAsync(session::drain, loop).thenCompose(stored -> stored);
        }
    }
}
