package dev.tidings.callback.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.broker.subscriptions.Credential;
import dev.tidings.broker.subscriptions.Sink;
import dev.tidings.callback.HandLoop;
import dev.tidings.model.Bytes;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// A line to a sink of a test, with a clock turned by hand and names that lead where the test says.
final class Line implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    final HandLoop loop = new HandLoop();
    final List<String> resolved = new ArrayList<>();
    private final List<SinkLine> lines = new ArrayList<>();
    private AllowList allowed = AllowList.LOOPBACK;
    private Resolver names = name -> CompletableFuture.completedStage(List.of(named(name, "127.0.0.1")));
    private String trusted;
    private Credential credential;

    Line allowing(String... allow) {
        allowed = AllowList.of(List.of(allow));
        return this;
    }

    /// Each time that a name is resolved, it leads to the next of these, the last for ever.
    Line leadingTo(String... addresses) {
        names = name -> {
            int turn = Math.min(resolved.size(), addresses.length - 1);
            resolved.add(addresses[turn]);
            return CompletableFuture.completedStage(List.of(named(name, addresses[turn])));
        };
        return this;
    }

    Line resolving(Resolver resolver) {
        names = resolver;
        return this;
    }

    Line trusting(String pem) {
        trusted = pem;
        return this;
    }

    Line with(Credential own) {
        credential = own;
        return this;
    }

    SinkLine to(String uri) {
        Network network = new Network(
                vertx,
                names,
                new Guard(allowed, Guard.Plain.REFUSED),
                new Network.Limits(Duration.ofSeconds(15), Duration.ofSeconds(15), 16 * 1024));
        URI address = URI.create(uri);
        Sink sink = new Sink(address, Sink.Mode.BINARY, Map.of(), Sink.Handshake.NONE, trusted, credential, List.of());
        SinkLine line = new SinkLine(network, loop, new SinkLine.Target(parsed(address), sink), 4);
        lines.add(line);
        return line;
    }

    static SinkAddress parsed(URI uri) {
        return ((SinkAddress.Parsed.Good) SinkAddress.of(uri)).address();
    }

    static SinkRequest post(String body) {
        return new SinkRequest(
                SinkRequest.Method.POST,
                List.of(new SinkRequest.Header("Content-Type", "text/plain"), new SinkRequest.Header("X-A", "b")),
                Bytes.of(body.getBytes(UTF_8)));
    }

    static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    static InetAddress at(String address) {
        return AddressBlock.literal(address).orElseThrow();
    }

    /// As resolvers make them: with the name that led there.
    static InetAddress named(String name, String address) {
        try {
            return InetAddress.getByAddress(name, at(address).getAddress());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        lines.forEach(SinkLine::close);
        await(vertx.close().toCompletionStage());
    }
}
