package dev.tidings.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
        byte[] store = readWhere(config.keystore());
        return new Contents(
                store == null ? read(config.certificate()) : store,
                store == null ? read(config.key()) : read(config.passwordFile()),
                readWhere(config.authorities()),
                store != null);
    }

    private byte[] read(@Nullable Path path) throws IOException {
        return source.read(Objects.requireNonNull(path, "TLS is on"));
    }

    private byte @Nullable [] readWhere(@Nullable Path path) throws IOException {
        return path == null ? null : source.read(path);
    }

    /// @param certificates the certificates, or the PKCS#12 store
    /// @param secret       the key, or the password of the store
    @SuppressWarnings("ArrayRecordComponent") // compared by sameAs only
    record Contents(byte[] certificates, byte[] secret, byte @Nullable [] trusted, boolean pkcs12) {
        boolean sameAs(Contents other) {
            return Arrays.equals(certificates, other.certificates)
                    && Arrays.equals(secret, other.secret)
                    && Arrays.equals(trusted, other.trusted);
        }

        ServerIdentity identity() throws TlsProblem {
            return pkcs12
                    ? ServerIdentity.ofPkcs12(certificates, new String(secret, StandardCharsets.UTF_8).strip())
                    : ServerIdentity.ofPem(certificates, secret);
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
