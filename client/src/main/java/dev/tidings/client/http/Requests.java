package dev.tidings.client.http;

import dev.tidings.client.Credentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends requests to one broker, with the proof of who is asking, and to nobody else. May be used by any thread.
public final class Requests {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final String AUTHORIZATION = "authorization";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final String base;
    private final String authority;
    private final Credentials credentials;
    private final HttpClient http;

    /// @param base the broker's address, without a slash at its end
    /// @param tls  null: the JDK's
    public Requests(String base, Credentials credentials, @Nullable SSLContext tls) {
        this.base = base;
        URI address = URI.create(base);
        this.authority = address.getScheme() + "://" + address.getRawAuthority();
        this.credentials = credentials;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.http = builder.build();
    }

    /// Begins a request to a path below the broker's address, with or without a query.
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /// Where an address that the broker told leads. Its path is the broker's to choose; where the broker is, and who
    /// may see the proof of who is asking, is the program's.
    String place(String told) {
        return authority + URI.create(told).getRawPath();
    }

    /// Cancelling what this returns ends the request.
    <T> CompletableFuture<HttpResponse<T>> send(HttpRequest.Builder request, BodyHandler<T> body) {
        return proven(proof -> request.setHeader(AUTHORIZATION, proof), () -> http.sendAsync(request.build(), body));
    }

    /// Without any proof.
    <T> CompletableFuture<HttpResponse<T>> sendUnproven(HttpRequest.Builder request, BodyHandler<T> body) {
        return http.sendAsync(request.build(), body);
    }

    /// Opens a WebSocket at a path below the broker's address.
    CompletableFuture<WebSocket> open(String path, WebSocket.Listener listener) {
        WebSocket.Builder handshake =
                http.newWebSocketBuilder().subprotocols("cloudevents.json").connectTimeout(CONNECT_TIMEOUT);
        URI address = URI.create("ws" + base.substring("http".length()) + path);
        return proven(proof -> handshake.header(AUTHORIZATION, proof), () -> handshake.buildAsync(address, listener));
    }

    /// What the program's own code has to say may fail, too.
    private <T> CompletableFuture<T> proven(Consumer<String> proof, Supplier<CompletableFuture<T>> sending) {
        try {
            String bearer = credentials.bearer();
            if (!bearer.isEmpty()) {
                proof.accept("Bearer " + bearer);
            }
        } catch (RuntimeException noToken) {
            return CompletableFuture.failedFuture(noToken);
        }
        return sending.get();
    }

    /// Gives threads and connections up once what is under way has ended. The JDK's client can be told so from Java 21
    /// on; before, they go when nobody knows of it any more.
    public void close() {
        if (http instanceof AutoCloseable closeable) {
            Thread goodbye = new Thread(() -> close(closeable), "tidings-goodbye");
            goodbye.setDaemon(true);
            goodbye.start();
        }
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) { // the top of a thread, and nothing is left to be done
            LOG.debug("the HTTP client ended badly", e);
        }
    }
}
