package dev.tidings.server.tls;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the server proves itself and what it asks of clients.
///
/// @param identity    the server's certificate and key
/// @param clients     whether clients are asked for a certificate
/// @param authorities a PEM bundle of the authorities whose client certificates are trusted; null: only
///                    certificates whose fingerprint is in the catalog
/// @param reloadEvery how often the files are looked at for changes
public record TlsConfig(
        Identity identity,
        ClientCertificates clients,
        @Nullable Path authorities,
        Duration reloadEvery) {
    public static final Duration DEFAULT_RELOAD = Duration.ofSeconds(10);

    public TlsConfig {
        if (!reloadEvery.isPositive()) {
            throw new IllegalArgumentException("the time between looks at the TLS files is positive: " + reloadEvery);
        }
        if (clients == ClientCertificates.NONE && authorities != null) {
            throw new IllegalArgumentException(
                    "client authorities are given, but clients are not asked for certificates: say optional or required");
        }
    }

    /// The server's certificate with its chain, and its private key.
    public sealed interface Identity {
        /// Two PEM files, or one that holds both named twice. The key is unencrypted: PKCS#8, PKCS#1 or SEC 1.
        record Pem(Path certificates, Path key) implements Identity {}

        /// A PKCS#12 store with one key.
        record Pkcs12(Path store, Password password) implements Identity {}
    }

    /// A secret that does not print itself.
    public record Password(String value) {
        @Override
        public String toString() {
            return "(secret)";
        }
    }
}
