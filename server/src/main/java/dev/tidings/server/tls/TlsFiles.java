package dev.tidings.server.tls;

import dev.tidings.server.tls.TlsConfig.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The files of a [TlsConfig]. They are compared by what is in them, not by their times: tools that replace them
/// keep times, or swap a directory.
final class TlsFiles {
    private final TlsConfig config;
    private final FileSource source;

    TlsFiles(TlsConfig config, FileSource source) {
        this.config = config;
        this.source = source;
    }

    Contents read() throws IOException {
        byte[] authorities = config.authorities() == null ? null : source.read(config.authorities());
        return switch (config.identity()) {
            case Identity.Pem(var certificates, var key) ->
                new Contents(source.read(certificates), source.read(key), authorities);
            case Identity.Pkcs12 pkcs12 -> new Contents(source.read(pkcs12.store()), new byte[0], authorities);
        };
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by sameAs only
    record Contents(byte[] certificates, byte[] key, byte @Nullable [] trusted) {
        boolean sameAs(Contents other) {
            return Arrays.equals(certificates, other.certificates)
                    && Arrays.equals(key, other.key)
                    && Arrays.equals(trusted, other.trusted);
        }

        ServerIdentity identity(Identity kind) throws TlsProblem {
            return switch (kind) {
                case Identity.Pem _ -> ServerIdentity.ofPem(certificates, key);
                case Identity.Pkcs12 pkcs12 -> ServerIdentity.ofPkcs12(certificates, pkcs12.password());
            };
        }

        @Nullable
        X509ExtendedTrustManager authorities() throws TlsProblem {
            return trusted == null ? null : trustIn(ServerIdentity.certificates(trusted));
        }

        private static X509ExtendedTrustManager trustIn(List<X509Certificate> authorities) throws TlsProblem {
            if (authorities.isEmpty()) {
                throw new TlsProblem("the file of client authorities holds no block CERTIFICATE");
            }
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                for (X509Certificate authority : authorities) {
                    store.setCertificateEntry("authority-" + store.size(), authority);
                }
                TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
                factory.init(store);
                return first(factory.getTrustManagers());
            } catch (GeneralSecurityException | IOException e) {
                throw new TlsProblem("the client authorities cannot be used: " + e.getMessage());
            }
        }

        private static X509ExtendedTrustManager first(TrustManager[] managers) {
            for (TrustManager manager : managers) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new IllegalStateException("the Java platform's trust manager is not an extended one");
        }
    }
}
