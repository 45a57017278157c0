package dev.tidings.server.http;

import dev.tidings.model.Bytes;
import dev.tidings.server.auth.InsecureAuthenticator;
import io.vertx.core.http.WebSocketServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// A front on a free port, whose routes a test chooses; unless it does, they echo.
public final class FrontFixture implements AutoCloseable {
    public static final HttpClient CLIENT = HttpClient.newHttpClient();

    /// Answers with what it was sent.
    public static final Route ECHO = exchange -> exchange.answer(Answer.of(
            200,
            "text/plain",
            Bytes.utf8(exchange.operation() + "|" + exchange.body().toUtf8())));

    final Traffic traffic = new Traffic();
    private final HttpFront front;

    public FrontFixture(HttpConfig config, Routes routes) {
        FrontParts parts = new FrontParts(
                routes,
                new InsecureAuthenticator(),
                traffic,
                InstantSource.system(),
                System::nanoTime,
                RandomGenerator.getDefault(),
                Refusals.NONE,
                null,
                new WebSocketServerConfig());
        try {
            front = HttpFront.open(config, parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FrontFixture echoing() {
        return new FrontFixture(config(), _ -> ECHO);
    }

    public static HttpConfig config() {
        return HttpConfig.DEFAULT.withPort(0);
    }

    public int port() {
        return front.port();
    }

    public int connections() {
        return front.connections();
    }

    public long exchangesInside() {
        return traffic.inside();
    }

    public RawClient connect() {
        return new RawClient(port());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        front.close();
    }
}
