package dev.tidings.server.tls;

import dev.tidings.server.auth.Authorities;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's TLS: its identity and its trust in clients, both replaced when their files change. New handshakes
/// use what is new; connections that exist stay.
public final class Tls {
    private static final Logger log = LoggerFactory.getLogger(Tls.class);

    private final TlsConfig config;
    private final TlsFiles files;
    private final ServerKeys keys;
    private final ClientTrust trust;
    private TlsFiles.Contents loaded;

    private Tls(TlsConfig config, TlsFiles files, TlsFiles.Contents contents, Predicate<X509Certificate> pinned)
            throws TlsProblem {
        this.config = config;
        this.files = files;
        this.loaded = contents;
        this.keys = new ServerKeys(contents.identity());
        this.trust = new ClientTrust(contents.authorities(), pinned);
    }

    /// Loads the files. `pinned` tells whether the catalog knows a certificate by its fingerprint.
    public static Tls open(TlsConfig config, FileSource source, Predicate<X509Certificate> pinned) throws TlsProblem {
        TlsFiles files = new TlsFiles(config, source);
        try {
            return new Tls(config, files, files.read(), pinned);
        } catch (NoSuchFileException e) {
            throw new TlsProblem("there is no file " + e.getFile());
        } catch (IOException e) {
            throw new TlsProblem("a file cannot be read: " + e);
        }
    }

    /// Looks at the files again, to be called every [TlsConfig#reload] on a thread that may block, by one
    /// thread at a time. What cannot be used is logged, and what was in force stays so.
    public void reload() {
        try {
            TlsFiles.Contents found = files.read();
            if (!found.sameAs(loaded)) {
                adopt(found);
            }
        } catch (IOException e) {
            log.warn("the TLS files cannot be read; what was loaded before stays in force: {}", e.toString());
        }
    }

    private void adopt(TlsFiles.Contents found) {
        loaded = found;
        try {
            ServerIdentity identity = found.identity();
            trust.replace(found.authorities());
            keys.replace(identity);
            log.info(
                    "the TLS files changed and are in force: {}",
                    describe(identity.chain().getFirst()));
        } catch (TlsProblem e) {
            log.error("the changed TLS files are not used; those before stay in force: {}", e.getMessage());
        }
    }

    private static String describe(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + ", until "
                + certificate.getNotAfter().toInstant();
    }

    public TlsConfig config() {
        return config;
    }

    /// Whose word on the subject of a client's certificate is taken.
    public Authorities authorities() {
        return trust;
    }

    /// What Vert.x needs to know: TLS 1.2 and 1.3, HTTP/2 by ALPN.
    public ServerSSLOptions options() {
        ServerSSLOptions options = new ServerSSLOptions()
                .setKeyCertOptions(KeyCertOptions.wrap(keys))
                .setTrustOptions(TrustOptions.wrap(trust))
                .setClientAuth(clientAuth());
        options.setUseAlpn(true);
        options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        return options;
    }

    private ClientAuth clientAuth() {
        return switch (config.clients()) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL -> ClientAuth.REQUEST;
            case REQUIRED -> ClientAuth.REQUIRED;
        };
    }
}
