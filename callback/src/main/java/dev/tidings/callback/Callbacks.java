package dev.tidings.callback;

import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.loop.LoopThreads;
import dev.tidings.broker.subscriptions.DeliveryWatch;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscriptions;
import dev.tidings.callback.delivery.Backoff;
import dev.tidings.callback.delivery.Breaker;
import dev.tidings.callback.delivery.DeliveryObserver;
import dev.tidings.callback.delivery.DeliverySettings;
import dev.tidings.callback.delivery.Stations;
import dev.tidings.callback.sink.DnsResolver;
import dev.tidings.callback.sink.Guard;
import dev.tidings.callback.sink.NameServer;
import dev.tidings.callback.sink.Network;
import dev.tidings.callback.sink.SinkAddress;
import dev.tidings.callback.sink.SinkChannel;
import dev.tidings.callback.sink.SinkLine;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Delivers the events of subscriptions to HTTP sinks, with threads of its own: some loops that decide, and event loops
/// for the sockets, which there are only once something is to be sent.
public final class Callbacks implements AutoCloseable {
    private final CallbackConfig config;
    private final Guard guard;
    private final LoopThreads loops;
    private final Stations stations;
    private @Nullable Network network;
    private @Nullable DnsResolver resolver;

    /// What delivering stands on.
    ///
    /// @param instances opens instances in the groups of subscriptions
    /// @param guard     knows where requests may go
    /// @param sender    how this broker presents itself to sinks
    /// @param nanos     goes only forward, as fast as the clock
    public record Parts(
            Subscriptions subscriptions,
            Instances instances,
            Guard guard,
            Sender sender,
            DeliveryObserver observer,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random) {}

    /// How a broker presents itself.
    ///
    /// @param origin by what name, where the configuration does not say (`WebHook-Request-Origin`)
    /// @param agent  the `User-Agent`
    public record Sender(String origin, String agent) {}

    private Callbacks(CallbackConfig config, Parts parts) {
        this.config = config;
        this.guard = parts.guard;
        this.loops = new LoopThreads(
                Math.min(2, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().daemon().name("callback-", 0).factory(),
                parts.nanos);
        this.stations = Stations.open(new Stations.Parts(
                parts.subscriptions,
                parts.instances,
                loops,
                this::line,
                settings(config, parts.sender),
                parts.observer,
                parts.clock,
                parts.nanos,
                parts.random));
    }

    /// Delivers for the subscriptions that exist, and those to come.
    public static Callbacks open(CallbackConfig config, Parts parts) {
        return new Callbacks(config, parts);
    }

    private static DeliverySettings settings(CallbackConfig config, Sender sender) {
        String origin = config.origin();
        CallbackConfig.RetrySection retry = config.retry();
        CallbackConfig.BreakerSection breaker = config.breaker();
        return new DeliverySettings(
                origin == null ? sender.origin : origin,
                sender.agent,
                config.concurrency(),
                config.window(),
                (int) config.windowSize().bytes(),
                config.memory().bytes(),
                config.batch(),
                config.batchSize().bytes(),
                config.permission(),
                config.longestPause(),
                new Backoff(retry.first(), retry.longest(), retry.giveUp()),
                new Breaker.Limits(breaker.failures(), breaker.first(), breaker.longest()));
    }

    /// How deliveries go.
    public DeliveryWatch watch() {
        return stations;
    }

    /// Sends nothing new. Completes when the answers that were under way have come, or that time is over.
    public CompletionStage<Void> drain(Duration atMost) {
        return stations.drain(atMost)
                .toCompletableFuture()
                .completeOnTimeout(null, atMost.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The clock has leapt: does now what is due by then.
    public void catchUp() {
        loops.catchUp();
    }

    /// Cuts everything off.
    @Override
    public void close() {
        loops.close();
        closeNetwork();
    }

    private synchronized void closeNetwork() {
        if (network != null) {
            network.vertx().close().toCompletionStage().toCompletableFuture().join();
        }
        if (resolver != null) {
            resolver.close();
        }
    }

    private SinkChannel line(Subscription subscription, Loop timers, int requests) {
        return switch (SinkAddress.of(subscription.sink().uri())) {
            case SinkAddress.Parsed.Good(SinkAddress address) ->
                new SinkLine(network(), timers, new SinkLine.Target(address, subscription.sink()), requests);
            case SinkAddress.Parsed.Bad(String why) -> new NoLine(why);
        };
    }

    private synchronized Network network() {
        if (network == null) {
            DnsResolver names = new DnsResolver(
                    config.nameServers().stream().map(NameServer::parse).toList());
            resolver = names;
            Network.Limits limits = new Network.Limits(
                    config.timeout(), config.idle(), (int) config.answer().bytes());
            network = new Network(vertx(), names, guard, limits);
        }
        return network;
    }

    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(Math.min(2, Runtime.getRuntime().availableProcessors()))
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}
