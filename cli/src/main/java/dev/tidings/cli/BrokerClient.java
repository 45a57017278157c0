package dev.tidings.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// HTTP and WebSocket to one broker as one caller.
public final class BrokerClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);

    private final URI base;
    private final @Nullable String token;
    private final HttpClient http;

    /// @param base  the broker's address, without a slash at its end
    /// @param token the bearer token; null: none
    /// @param tls   null: the JDK's trust
    public BrokerClient(URI base, @Nullable String token, @Nullable SSLContext tls) {
        this.base = base;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.http = builder.build();
    }

    public URI base() {
        return base;
    }

    /// Sends a request and waits for its answer.
    ///
    /// @param path from the root, with its query
    /// @param body null: none
    public Answer send(String method, String path, @Nullable Body body) throws IOException, InterruptedException {
        return send(method, path, body, Map.of());
    }

    /// The same, with these headers too.
    public Answer send(String method, String path, @Nullable Body body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_TIMEOUT);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofByteArray(body.bytes())).header("content-type", body.type());
        }
        headers.forEach(request::header);
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        try {
            return Answer.of(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (SSLHandshakeException e) {
            throw distrusts(e);
        }
    }

    /// No patience helps where one side does not trust the other.
    Complaint distrusts(SSLHandshakeException failure) {
        return Complaint.wrongInput(base + ": no secure connection (" + Reasons.of(failure)
                + "); --cacert names the authorities to trust, --client-cert the certificate to show");
    }

    /// Opens a WebSocket.
    public CompletableFuture<WebSocket> open(String path, WebSocket.Listener listener) {
        WebSocket.Builder builder =
                http.newWebSocketBuilder().subprotocols("cloudevents.json").connectTimeout(CONNECT_TIMEOUT);
        if (token != null) {
            builder.header("authorization", "Bearer " + token);
        }
        return builder.buildAsync(URI.create("ws" + base.toString().substring("http".length()) + path), listener);
    }

    /// Ends at once, with what is in flight.
    @Override
    public void close() {
        http.shutdownNow();
    }

    /// What a request carries.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Body(String type, byte[] bytes) {}
}
