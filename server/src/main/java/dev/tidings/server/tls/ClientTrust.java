package dev.tidings.server.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Lets a client certificate in that chains up to a trusted authority, or that the catalog knows by its
/// fingerprint (self-signed or not); either must be within its dates. What it is good for after the handshake, the
/// authenticator decides: a certificate that came in by its fingerprint proves nothing by its subject.
final class ClientTrust extends X509ExtendedTrustManager implements dev.tidings.server.auth.Authorities {
    private final Predicate<X509Certificate> pinned;
    private volatile @Nullable X509ExtendedTrustManager authorities;

    /// `pinned` tells whether the catalog knows a certificate by its fingerprint.
    ClientTrust(@Nullable X509ExtendedTrustManager authorities, Predicate<X509Certificate> pinned) {
        this.authorities = authorities;
        this.pinned = pinned;
    }

    void replace(@Nullable X509ExtendedTrustManager newAuthorities) {
        authorities = newAuthorities;
    }

    @Override
    public boolean vouchFor(X509Certificate[] chain) {
        X509ExtendedTrustManager trusted = authorities;
        try {
            if (trusted != null) {
                trusted.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
                return true;
            }
        } catch (CertificateException _) {
            return false;
        }
        return false;
    }

    @Override
    public @Nullable Object edition() {
        return authorities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chain[0].checkValidity();
        if (pinned.test(chain[0])) {
            return;
        }
        X509ExtendedTrustManager trusted = authorities;
        if (trusted == null) {
            throw new CertificateException("the certificate's fingerprint is not in the catalog");
        }
        trusted.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side is the server");
    }

    /// Which authorities a client is told to choose a certificate of: none where pinned ones may come from
    /// anywhere, since a client that is told a list sends nothing else.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
