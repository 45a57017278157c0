package dev.tidings.callback.sink;

import dev.tidings.callback.sink.Outcome.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One request and its answer.
final class SinkExchange {
    private final Network.Limits limits;
    private final SinkAddress sink;
    private final SinkRequest request;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();

    SinkExchange(Network.Limits limits, SinkAddress sink, SinkRequest request) {
        this.limits = limits;
        this.sink = sink;
        this.request = request;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    void end(Outcome how) {
        outcome.complete(how);
    }

    void expire() {
        long seconds = limits.timeout().toSeconds();
        end(new Outcome.Failed(Failure.TIMEOUT, "had not answered in full after " + seconds + " s"));
        cut();
    }

    void begin(HttpClient client, InetAddress at) {
        if (outcome.isDone()) {
            return;
        }
        try {
            client.request(options(at)).onComplete(this::send, this::failConnecting);
        } catch (IllegalArgumentException unfit) { // a header or credential that HTTP can't carry
            end(new Outcome.Failed(Failure.BROKEN, "can't be sent such a request: " + unfit.getMessage()));
        }
    }

    private RequestOptions options(InetAddress at) {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(sink.port(), literal(at)))
                .setHost(sink.namedHost())
                .setPort(sink.port())
                .setMethod(HttpMethod.valueOf(request.method().name()))
                .setURI(sink.target())
                .setFollowRedirects(false);
        options.putHeader("Host", sink.authority());
        for (SinkRequest.Header header : request.headers()) {
            options.putHeader(header.name(), header.value());
        }
        return options;
    }

    /// The address as text: the name that an [InetAddress] may carry would be resolved once more, and lead elsewhere.
    private static String literal(InetAddress at) {
        String bare = at.getHostAddress();
        return at instanceof Inet6Address ? "[" + bare.replaceFirst("%.*", "") + "]" : bare;
    }

    private void send(HttpClientRequest open) {
        sent.set(open);
        if (outcome.isDone()) {
            cut();
            return;
        }
        open.exceptionHandler(this::failReading);
        open.response().onComplete(this::read, this::failReading);
        open.end(Buffer.buffer(request.body().toArray())).onFailure(this::failReading);
    }

    private void read(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(this::failReading);
        response.handler(part -> {
            int room = limits.answer() - body.length();
            body.appendBuffer(part.length() <= room ? part : part.slice(0, room));
            if (part.length() > room && !outcome.isDone()) {
                end(new Outcome.Answered(answer(response, body)));
                cut();
            }
        });
        response.endHandler(_ -> end(new Outcome.Answered(answer(response, body))));
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        return new Answer(
                response.statusCode(),
                response.getHeader("Retry-After"),
                response.getHeader("WebHook-Allowed-Origin"),
                response.getHeader("WebHook-Allowed-Rate"),
                Answer.excerpt(body.getBytes()));
    }

    private void failConnecting(Throwable failure) {
        SSLException tls = cause(failure, SSLException.class);
        if (tls != null) {
            end(new Outcome.Failed(Failure.TLS, "can't be trusted, or does not trust: " + message(root(tls))));
        } else if (cause(failure, ConnectException.class) != null) {
            end(new Outcome.Failed(Failure.UNREACHABLE, "can't be connected to: " + message(failure)));
        } else {
            end(new Outcome.Failed(Failure.UNREACHABLE, "did not open a connection: " + message(root(failure))));
        }
    }

    private void failReading(Throwable failure) {
        end(new Outcome.Failed(Failure.BROKEN, "broke off before its answer was whole: " + message(root(failure))));
        cut();
    }

    /// Closes the connection: what else would come is not wanted.
    private void cut() {
        HttpClientRequest open = sent.get();
        if (open != null) {
            var _ = open.connection().close();
        }
    }

    private static <T> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
