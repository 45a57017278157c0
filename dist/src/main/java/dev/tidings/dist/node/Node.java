package dev.tidings.dist.node;

import dev.tidings.broker.catalog.CatalogConfig;
import dev.tidings.broker.catalog.CatalogStore;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.broker.publishing.PublishConfig;
import dev.tidings.broker.publishing.PublishObserver;
import dev.tidings.broker.publishing.PublishParts;
import dev.tidings.broker.publishing.Publisher;
import dev.tidings.broker.quotas.EventQuotas;
import dev.tidings.broker.quotas.QuotaConfig;
import dev.tidings.broker.schemas.Schemas;
import dev.tidings.engine.EngineObserver;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import dev.tidings.server.Server;
import dev.tidings.server.ServerParts;
import dev.tidings.server.auth.Authenticator;
import dev.tidings.server.auth.InsecureAuthenticator;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A running broker: a store, the decisions, and a server in front of them.
public final class Node implements AutoCloseable {
    private final NodeConfig config;
    private final Store store;
    private final Server server;
    private final ExecutorService workers;

    private Node(NodeConfig config, Store store, Server server, ExecutorService workers) {
        this.config = config;
        this.store = store;
        this.server = server;
        this.workers = workers;
    }

    /// Starts a node. A [dev.tidings.cli.Complaint] says what is wrong with the directory or the
    /// catalog, a [PortInUse] that the address cannot be listened on.
    ///
    /// @param catalog the text of the catalog to apply; null: the one in the store stays in force
    public static Node start(NodeConfig config, @Nullable String catalog) {
        Address.claim(config.server().http());
        Store store = Store.open(config, EngineObserver.NONE);
        ExecutorService workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("worker-", 0).factory());
        JsonSchemas schemas = new JsonSchemas(Schemas.Limits.DEFAULT);
        CatalogStore catalogs = new CatalogStore(
                store.engine(),
                CatalogConfig.DEFAULT.withAccess(
                        config.insecure() ? CatalogConfig.Access.EVERYBODY : CatalogConfig.Access.CLIENTS),
                schemas,
                workers);
        if (catalog != null) {
            StartCatalog.apply(catalogs, catalog);
        }
        Publisher publisher = new Publisher(
                store.engine().log(),
                catalogs,
                new EventQuotas(QuotaConfig.DEFAULT, System::nanoTime),
                new PublishParts(PublishConfig.DEFAULT, schemas, workers, PublishObserver.NONE));
        Authenticator authenticator = new InsecureAuthenticator();
        try {
            Server server = Server.start(
                    config.server(),
                    new ServerParts(
                            publisher,
                            (_, _, _) -> CompletableFuture.completedFuture(
                                    new Opened.Refused(Refusal.of(ErrorCode.NOT_READY, "not yet"))),
                            catalogs,
                            catalogs,
                            authenticator,
                            InstantSource.system(),
                            new SecureRandom()));
            return new Node(config, store, server, workers);
        } catch (IOException e) {
            store.close();
            workers.shutdown();
            throw new PortInUse(config.server().http(), e);
        }
    }

    /// Where it is to be reached.
    public String address() {
        return "http://" + config.server().http().host() + ":" + server.port();
    }

    /// Calls the listener when the store has failed: nothing can be acknowledged any more.
    public void onFailure(Consumer<String> listener) {
        store.onFailure(listener);
    }

    /// Shuts down in good order and in bounded time: takes no new requests, finishes those in progress, closes the
    /// store.
    @Override
    public void close() {
        server.drain(config.drain()).toCompletableFuture().join();
        server.close();
        workers.shutdown();
        store.close();
    }
}
