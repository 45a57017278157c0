package dev.tidings.node;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import dev.tidings.server.ServerConfig;
import dev.tidings.server.auth.Authenticator;
import dev.tidings.server.auth.Authorities;
import dev.tidings.server.auth.CatalogAuthenticator;
import dev.tidings.server.auth.HttpKeySetSource;
import dev.tidings.server.auth.InsecureAuthenticator;
import dev.tidings.server.auth.IssuerConfig;
import dev.tidings.server.auth.KeyAuthenticator;
import dev.tidings.server.auth.KeySetSource;
import dev.tidings.server.auth.KnownCredentials;
import dev.tidings.server.auth.StartRules;
import dev.tidings.server.auth.Tokens;
import dev.tidings.server.tls.Tls;
import dev.tidings.server.tls.TlsProblem;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may come in, and whether anybody may listen on the way: credentials and TLS as configured.
///
/// @param tls null: without TLS
record Admission(Authenticator authenticator, @Nullable Tls tls) {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /// @param key opens everything; null: there is none
    record Rules(NodeConfig config, @Nullable String key) {}

    /// A [CannotStart] says why the server must not start like this.
    ///
    /// @param starting the catalog that will be in force
    static Admission open(Rules rules, Catalogs catalogs, Catalog starting) {
        NodeConfig config = rules.config;
        ServerConfig server = config.server();
        StartRules.objection(starting, config.insecure(), Address.of(server.http()))
                .ifPresent(objection -> {
                    throw new CannotStart(objection);
                });
        KnownCredentials known = new KnownCredentials(catalogs);
        Tls tls = server.tls().on() ? tls(server, known) : null;
        if (config.insecure() && rules.key == null) {
            LOG.warn("INSECURE: everybody on this machine is let in, without credentials");
            return new Admission(new InsecureAuthenticator(), tls);
        }
        Authorities authorities = tls == null ? Authorities.NONE : tls.authorities();
        Authenticator clients =
                new CatalogAuthenticator(known, authorities, tokens(server.tokens()), InstantSource.system());
        return new Admission(rules.key == null ? clients : new KeyAuthenticator(rules.key, clients), tls);
    }

    private static Tls tls(ServerConfig server, KnownCredentials known) {
        try {
            return Tls.open(server.tls(), Files::readAllBytes, known::pins);
        } catch (TlsProblem e) {
            throw new CannotStart("server.tls: " + e.getMessage());
        }
    }

    private static @Nullable Tokens tokens(IssuerConfig config) {
        URI keys = config.keys();
        return keys == null
                ? null
                : new Tokens(config, source(keys), InstantSource.system(), Executors.newVirtualThreadPerTaskExecutor());
    }

    private static KeySetSource source(URI keys) {
        if ("https".equals(keys.getScheme()) || "http".equals(keys.getScheme())) {
            HttpClient client = HttpClient.newBuilder()
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
            return new HttpKeySetSource(client, keys);
        }
        Path file = keys.getScheme() == null ? Path.of(keys.getPath()) : Path.of(keys);
        return () -> Files.readString(file);
    }
}
