package dev.tidings.server.tls;

import dev.tidings.model.Bytes;
import dev.tidings.server.auth.CatalogAuthenticator;
import dev.tidings.server.auth.KnownCredentials;
import dev.tidings.server.fake.FixedCatalogs;
import dev.tidings.server.http.Answer;
import dev.tidings.server.http.Exchange;
import dev.tidings.server.http.FrontParts;
import dev.tidings.server.http.HttpConfig;
import dev.tidings.server.http.HttpFront;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Refusals;
import dev.tidings.server.http.Traffic;
import dev.tidings.server.websocket.WebSocketConfig;
import dev.tidings.server.websocket.WebSocketSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A server with TLS on a free port, which answers everything with the name of the caller.
final class TlsFixture implements AutoCloseable {
    final Tls tls;
    private final HttpFront front;
    private final Path authority;

    /// @param authority the store of the authority that signed the server's certificate
    TlsFixture(TlsConfig config, FixedCatalogs catalogs, Path authority) throws TlsProblem, IOException {
        KnownCredentials known = new KnownCredentials(catalogs);
        this.authority = authority;
        tls = Tls.open(config, Files::readAllBytes, known::pins);
        FrontParts parts = new FrontParts(
                operation -> exchange -> exchange.answer(Answer.of(200, "text/plain", name(operation, exchange))),
                new CatalogAuthenticator(known, tls.authorities(), null, InstantSource.system()),
                new Traffic(),
                InstantSource.system(),
                System::nanoTime,
                RandomGenerator.getDefault(),
                Refusals.NONE,
                tls.options(),
                WebSocketSettings.of(WebSocketConfig.DEFAULT));
        front = HttpFront.open(HttpConfig.DEFAULT.withPort(0), parts);
    }

    private static Bytes name(Operation operation, Exchange exchange) {
        return Bytes.utf8(
                operation == Operation.LIVE
                        ? "anybody"
                        : exchange.caller().client().value());
    }

    /// A client with this certificate, or with none where there is no store.
    HttpClient client(Path own) {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("it", Keytool.certificate(authority));
            TrustManagerFactory trusting = TrustManagerFactory.getInstance("PKIX");
            trusting.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own == null ? null : keys(own), trusting.getTrustManagers(), new SecureRandom());
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(HttpClient client, String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + front.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The answer to somebody with this certificate who asks who he is.
    HttpResponse<String> whoAmI(Path own, String... headers) throws IOException {
        try (HttpClient client = client(own)) {
            return get(client, "/ce/tools/my-settings", headers);
        }
    }

    private static KeyManager[] keys(Path own) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(Keytool.open(own), Keytool.PASSWORD.toCharArray());
        return keys.getKeyManagers();
    }

    @Override
    public void close() {
        front.close();
    }
}
