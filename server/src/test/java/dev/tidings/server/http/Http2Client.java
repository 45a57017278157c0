package dev.tidings.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/// A client that begins with HTTP/2 in clear text.
final class Http2Client implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private final int port;

    Http2Client(int port) {
        this.port = port;
    }

    /// What is told of an answer.
    record Told(int status, HttpVersion version, String body) {}

    Told send(HttpMethod method, String path, byte[] body) {
        return client.request(method, port, "127.0.0.1", path)
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body)))
                .compose(response -> response.body()
                        .map(told -> new Told(response.statusCode(), response.version(), told.toString())))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /// Asks, and takes the head of the answer but nothing of its body.
    HttpClientRequest takeHead(String path) {
        return client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send().map(response -> {
                    response.pause();
                    return request;
                }))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
