package dev.tidings.callback.sink;

import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.subscriptions.Sink;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// The connections to one sink, which nobody else shares: HTTP/1.1, no redirects, cookies or proxies. May be used by
/// any thread.
public final class SinkLine implements SinkChannel {
    private static final int HEAD = 16 * 1024;
    private static final int FIRST_LINE = 4 * 1024;

    private final Network network;
    private final Loop timers;
    private final SinkAddress address;
    private final Doorman doorman;
    private final HttpClient client;

    /// @param timers      what the timeouts run on
    /// @param connections the most at once
    public SinkLine(Network network, Loop timers, Target target, int connections) {
        this.network = network;
        this.timers = timers;
        this.address = target.address;
        this.doorman = new Doorman(network.resolver(), network.guard(), address);
        this.client = network.vertx()
                .createHttpClient(
                        options(network.limits(), target),
                        new PoolOptions().setHttp1MaxSize(connections).setCleanerPeriod(5_000));
    }

    /// Whom a line leads to.
    public record Target(SinkAddress address, Sink sink) {}

    private static HttpClientOptions options(Network.Limits limits, Target target) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) limits.timeout().toMillis())
                .setSslHandshakeTimeout(limits.timeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout((int) limits.idle().toSeconds())
                .setMaxHeaderSize(HEAD)
                .setMaxInitialLineLength(FIRST_LINE)
                .setDecompressionSupported(false)
                .setSsl(target.address.tls());
        return target.address.tls() ? SinkTls.applied(options, target.sink) : options;
    }

    @Override
    public CompletionStage<Outcome> send(SinkRequest request) {
        SinkExchange exchange = new SinkExchange(network.limits(), address, request);
        Loop.Timer timer = timers.after(network.limits().timeout(), exchange::expire);
        doorman.way().thenAccept(way -> {
            switch (way) {
                case Doorman.Way.Barred(Outcome.Failed why) -> exchange.end(why);
                case Doorman.Way.Open(var at) -> exchange.begin(client, at);
            }
        });
        return exchange.outcome().whenComplete((outcome, _) -> {
            timer.cancel();
            if (outcome instanceof Outcome.Failed(Outcome.Failure failure, var _)
                    && (failure == Outcome.Failure.UNREACHABLE || failure == Outcome.Failure.TIMEOUT)) {
                doorman.turn();
            }
        });
    }

    @Override
    public void close() {
        var _ = client.close();
    }
}
