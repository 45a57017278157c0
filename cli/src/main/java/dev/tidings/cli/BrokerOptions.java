package dev.tidings.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which broker a command talks to, and as whom.
final class BrokerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:TIDINGS_URL:-http://127.0.0.1:8080}",
            description = "The broker's address (also TIDINGS_URL). Default: http://127.0.0.1:8080.")
    private String url = "http://127.0.0.1:8080";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "${env:TIDINGS_KEY}",
            description = "An API key or other bearer token. Other users of this machine can read it here; prefer"
                    + " --key-file or the environment variable TIDINGS_KEY.")
    private @Nullable String key;

    @Option(names = "--key-file", paramLabel = "FILE", description = "A file that holds the key.")
    private @Nullable Path keyFile;

    @Option(
            names = "--cacert",
            paramLabel = "PEM",
            description = "Certificates of the authorities to trust, instead of the JDK's.")
    private @Nullable Path authorities;

    @Option(
            names = "--client-cert",
            paramLabel = "P12",
            description = "A client certificate and its private key, as PKCS#12.")
    private @Nullable Path clientCertificate;

    @Option(
            names = "--client-cert-password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:TIDINGS_CLIENT_CERT_PASSWORD}",
            description = "Its password (also TIDINGS_CLIENT_CERT_PASSWORD).")
    private @Nullable String clientCertificatePassword;

    /// A client of that broker. The caller closes it.
    BrokerClient connect() {
        return new BrokerClient(address(), token(), tls());
    }

    URI address() {
        URI address;
        try {
            address = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        } catch (IllegalArgumentException notUri) {
            throw Complaint.wrongInput("--url: expected an address such as http://127.0.0.1:8080, found '" + url + "'");
        }
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw Complaint.wrongInput("--url: expected an address such as http://127.0.0.1:8080, found '" + url + "'");
        }
        return address;
    }

    private @Nullable String token() {
        String token = keyFile == null ? key : readKey(keyFile);
        return token == null || token.isBlank() ? null : token.strip();
    }

    private static String readKey(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Complaint.wrongInput("--key-file: cannot read " + Reasons.of(e));
        }
    }

    private @Nullable SSLContext tls() {
        if (authorities == null && clientCertificate == null) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw Complaint.wrongInput("cannot use the certificates given: " + Reasons.of(e));
        }
    }

    private KeyManager @Nullable [] keyManagers() throws IOException, GeneralSecurityException {
        if (clientCertificate == null) {
            return null;
        }
        char[] password = clientCertificatePassword == null ? new char[0] : clientCertificatePassword.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(clientCertificate.toFile())) {
            store.load(in, password);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trustManagers() throws IOException, GeneralSecurityException {
        if (authorities == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = new FileInputStream(authorities.toFile())) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
