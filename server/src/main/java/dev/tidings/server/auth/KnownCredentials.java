package dev.tidings.server.auth;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.catalog.Catalogs;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// The credentials of the catalog in force. May be used by any thread.
public final class KnownCredentials {
    private volatile CredentialIndex index;

    /// Follows the catalog: a change is in force once the catalog's listeners were called.
    public KnownCredentials(Catalogs catalogs) {
        this.index = new CredentialIndex(Catalog.EMPTY);
        catalogs.onChange(catalog -> index = new CredentialIndex(catalog));
        this.index = new CredentialIndex(catalogs.current());
    }

    /// Whether the catalog knows the certificate by its fingerprint.
    public boolean pins(X509Certificate certificate) {
        try {
            return index.ofFingerprint(fingerprint(certificate)) != null;
        } catch (CertificateEncodingException _) {
            return false;
        }
    }

    CredentialIndex index() {
        return index;
    }

    /// SHA-256 of the DER form, in lower-case hexadecimal digits.
    static String fingerprint(X509Certificate certificate) throws CertificateEncodingException {
        return HexFormat.of().formatHex(Sha256.of(certificate.getEncoded()));
    }
}
