package dev.tidings.node;

import dev.tidings.broker.BrokerConfig;
import dev.tidings.broker.catalog.CatalogConfig;
import dev.tidings.broker.consuming.ConsumingConfig;
import dev.tidings.broker.dead.DeadConfig;
import dev.tidings.broker.payloads.PayloadConfig;
import dev.tidings.broker.publishing.PublishConfig;
import dev.tidings.broker.quotas.QuotaConfig;
import dev.tidings.broker.schemas.Schemas;
import dev.tidings.broker.streams.StreamsConfig;
import dev.tidings.broker.subscriptions.SubscriptionConfig;
import dev.tidings.callback.CallbackConfig;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.model.DataSize;
import dev.tidings.server.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// All of the configuration: the root of `tidings.yaml`.
///
/// @param data     the directory of the store; it is created if need be, and belongs to one process
/// @param insecure whether everybody is let in, without credentials; then only this machine can reach the server
/// @param drain    how long a shutdown may take to finish what is in progress
public record NodeConfig(
        Path data,
        boolean insecure,
        Duration drain,
        CatalogSection catalog,
        LogConfig log,
        ServerConfig server,
        BrokerSection broker,
        SegmentedConfig store,
        BackupSection backup,
        SecretsSection secrets,
        CallbackConfig callbacks) {
    public static final NodeConfig DEFAULT = new NodeConfig(
            Path.of("data"),
            false,
            Duration.ofSeconds(20),
            CatalogSection.DEFAULT,
            LogConfig.DEFAULT,
            ServerConfig.DEFAULT,
            BrokerSection.DEFAULT,
            SegmentedConfig.DEFAULT,
            BackupSection.DEFAULT,
            SecretsSection.DEFAULT,
            CallbackConfig.DEFAULT);

    /// How much larger than their request events may be in the store: beside its JSON, each has its source and id once
    /// more, and a header.
    private static final int GROWTH = 3;

    public NodeConfig {
        DataSize request = server.http().limits().request();
        DataSize batch = store.commit().batch();
        if (batch.bytes() / GROWTH < request.bytes()) {
            throw new IllegalArgumentException(
                    "store.commit.batch is at least %d times server.http.limits.request (%s), found %s"
                            .formatted(GROWTH, request, batch));
        }
        Path backups = backup.directory;
        if (backups != null && absolute(backups).startsWith(absolute(data))) {
            throw new IllegalArgumentException(
                    "backup.directory is outside of the store's directory (%s), found %s".formatted(data, backups));
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// What the broker is told.
    BrokerConfig brokerConfig() {
        CatalogConfig.Access access = insecure ? CatalogConfig.Access.EVERYBODY : CatalogConfig.Access.CLIENTS;
        return new BrokerConfig(
                new CatalogConfig(access, catalog.keptVersions, catalog.keptText),
                broker.publishing,
                broker.consuming,
                broker.quotas,
                broker.schemas,
                broker.dead,
                broker.streams,
                insecure ? broker.subscriptions.withPlainHttp() : broker.subscriptions);
    }

    /// The configuration with what the command line says instead.
    public NodeConfig with(Overrides overrides) {
        return new NodeConfig(
                overrides.data == null ? data : overrides.data,
                insecure || overrides.insecure,
                drain,
                overrides.catalog == null
                        ? catalog
                        : new CatalogSection(overrides.catalog, catalog.keptVersions, catalog.keptText),
                log,
                overrides.port == null ? server : server.withHttp(server.http().withPort(overrides.port)),
                broker,
                store,
                backup,
                secrets,
                callbacks);
    }

    public NodeConfig withServer(ServerConfig newServer) {
        return new NodeConfig(
                data, insecure, drain, catalog, log, newServer, broker, store, backup, secrets, callbacks);
    }

    public NodeConfig withBroker(BrokerSection newBroker) {
        return new NodeConfig(
                data, insecure, drain, catalog, log, server, newBroker, store, backup, secrets, callbacks);
    }

    public NodeConfig withStore(SegmentedConfig newStore) {
        return new NodeConfig(
                data, insecure, drain, catalog, log, server, broker, newStore, backup, secrets, callbacks);
    }

    public NodeConfig withBackup(BackupSection newBackup) {
        return new NodeConfig(
                data, insecure, drain, catalog, log, server, broker, store, newBackup, secrets, callbacks);
    }

    public NodeConfig withCallbacks(CallbackConfig newCallbacks) {
        return new NodeConfig(
                data, insecure, drain, catalog, log, server, broker, store, backup, secrets, newCallbacks);
    }

    /// What options override; null, false: nothing.
    public record Overrides(
            @Nullable Path data,
            @Nullable Path catalog,
            @Nullable Integer port,
            boolean insecure) {}

    /// @param file         the catalog to apply at the start; none: the one in the store stays in force
    /// @param keptVersions how many versions of the catalog the history tells
    /// @param keptText     how much of their text is kept, compressed; the version in force always is
    public record CatalogSection(@Nullable Path file, int keptVersions, DataSize keptText) {
        public static final CatalogSection DEFAULT =
                new CatalogSection(null, CatalogConfig.DEFAULT.keptVersions(), CatalogConfig.DEFAULT.keptText());
    }

    /// @param directory where backups of the store go; none: there are none. On another disk, they survive this one
    public record BackupSection(@Nullable Path directory) {
        public static final BackupSection DEFAULT = new BackupSection(null);
    }

    /// @param keyFile the key that seals secrets in the store (of subscriptions, so far): 32 bytes in base64. None:
    ///                `secrets.key` beside the store, which is made where there is none
    public record SecretsSection(@Nullable Path keyFile) {
        public static final SecretsSection DEFAULT = new SecretsSection(null);
    }

    /// How the broker decides.
    public record BrokerSection(
            PublishConfig publishing,
            ConsumingConfig consuming,
            QuotaConfig quotas,
            Schemas.Limits schemas,
            DeadConfig dead,
            StreamsConfig streams,
            SubscriptionConfig subscriptions,
            PayloadConfig payloads) {
        public static final BrokerSection DEFAULT = new BrokerSection(
                PublishConfig.DEFAULT,
                ConsumingConfig.DEFAULT,
                QuotaConfig.DEFAULT,
                Schemas.Limits.DEFAULT,
                DeadConfig.DEFAULT,
                StreamsConfig.DEFAULT,
                SubscriptionConfig.DEFAULT,
                PayloadConfig.DEFAULT);

        public BrokerSection withStreams(StreamsConfig newStreams) {
            return new BrokerSection(publishing, consuming, quotas, schemas, dead, newStreams, subscriptions, payloads);
        }

        BrokerSection withConsuming(ConsumingConfig newConsuming) {
            return new BrokerSection(publishing, newConsuming, quotas, schemas, dead, streams, subscriptions, payloads);
        }

        public BrokerSection withPayloads(PayloadConfig newPayloads) {
            return new BrokerSection(publishing, consuming, quotas, schemas, dead, streams, subscriptions, newPayloads);
        }
    }
}
