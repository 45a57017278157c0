package dev.tidings.server.tls;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the server proves itself and what it asks of clients. Without a certificate and without a keystore there is no
/// TLS.
///
/// @param certificate  a PEM file with the server's certificate and its chain
/// @param key          a PEM file with its private key, unencrypted: PKCS#8, PKCS#1 or SEC 1; it may be the same file
/// @param keystore     instead of the two, a PKCS#12 store with one key
/// @param passwordFile a file that holds the password of the keystore
/// @param clients      whether clients are asked for a certificate
/// @param authorities  a PEM file of the authorities whose client certificates are trusted; none: only certificates
///                     whose fingerprint is in the catalog
/// @param reload       how often the files are looked at for changes
public record TlsConfig(
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path keystore,
        @Nullable Path passwordFile,
        ClientCertificates clients,
        @Nullable Path authorities,
        Duration reload) {
    public static final TlsConfig DEFAULT =
            new TlsConfig(null, null, null, null, ClientCertificates.NONE, null, Duration.ofSeconds(10));

    public TlsConfig {
        require((certificate == null) == (key == null), "certificate and key go together");
        require((keystore == null) == (passwordFile == null), "keystore and password-file go together");
        require(certificate == null || keystore == null, "the server has a certificate or a keystore, not both");
        require(
                clients == ClientCertificates.NONE || certificate != null || keystore != null,
                "clients can be asked for certificates only where the server has one");
        require(
                clients != ClientCertificates.NONE || authorities == null,
                "authorities are of use only where clients is optional or required");
        require(reload.isPositive(), "reload is longer than nothing");
    }

    /// With PEM files, and clients not asked for a certificate.
    public static TlsConfig pem(Path certificate, Path key) {
        return new TlsConfig(certificate, key, null, null, ClientCertificates.NONE, null, DEFAULT.reload);
    }

    /// With a PKCS#12 store, and clients not asked for a certificate.
    public static TlsConfig pkcs12(Path keystore, Path passwordFile) {
        return new TlsConfig(null, null, keystore, passwordFile, ClientCertificates.NONE, null, DEFAULT.reload);
    }

    public TlsConfig withClients(ClientCertificates newClients, @Nullable Path newAuthorities) {
        return new TlsConfig(certificate, key, keystore, passwordFile, newClients, newAuthorities, reload);
    }

    /// Whether there is TLS at all.
    public boolean on() {
        return certificate != null || keystore != null;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
