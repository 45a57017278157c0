package dev.tidings.node;

import dev.tidings.broker.consuming.ConsumingConfig;
import dev.tidings.broker.payloads.PayloadConfig;
import dev.tidings.callback.CallbackConfig;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.model.DataSize;
import dev.tidings.server.http.HttpConfig;

/// Fits what memory may hold to the heap there is: all bounds together take half of it, so that no load can fill it.
/// A bound that the configuration does not set gives way; one that it sets stays as it is. Pure.
public final class HeapFit {
    private static final int PART = 2;
    /// Bytes that an unsettled event takes, with its key.
    private static final int EVENT = 150;
    /// Events in memory may take twice their bound until they are in segments.
    private static final int TAILS = 2;
    private static final int LEAST_EVENTS = 10_000;
    /// Bytes that a payload on its way takes: what waits to be written, what is written, and what the network has.
    private static final int TRANSFER = 384 * 1024;
    private static final int LEAST_TRANSFERS = 8;
    /// Events for sinks may be there twice, once in the requests that hold them.
    private static final int CALLBACKS = 2;

    private final NodeConfig config;
    private final long room;

    private HeapFit(NodeConfig config, long room) {
        this.config = config;
        this.room = room;
    }

    /// The configuration whose bounds fit. A [CannotStart] says where what is set takes too much, or nothing is left.
    public static NodeConfig of(NodeConfig config, DataSize heap) {
        return new HeapFit(config, heap.bytes() / PART).fitted(heap);
    }

    private NodeConfig fitted(DataSize heap) {
        long needed = needed(config);
        if (needed <= room) {
            return config;
        }
        long flexible = needed(1) - needed(0);
        NodeConfig fitted = flexible == 0 ? config : with((double) Math.max(0, room - needed(0)) / flexible);
        if (needed(fitted) > room) {
            throw new CannotStart("the heap of " + heap + " is too small: what is configured may take "
                    + new DataSize(needed(fitted)) + ", half of the heap at most; start with a larger one"
                    + " (TIDINGS_JAVA_OPTS=-Xmx1g), or lower store.stage.tail-memory, store.commit.queue,"
                    + " server.http.limits.bodies, broker.consuming.kept, broker.consuming.unsettled,"
                    + " broker.payloads.transfers or callbacks.memory");
        }
        return fitted;
    }

    private long needed(double factor) {
        return needed(with(factor));
    }

    private static long needed(NodeConfig config) {
        return TAILS * config.store().stage().tailMemory().bytes()
                + config.store().commit().queue().bytes()
                + config.server().http().limits().bodies().bytes()
                + config.broker().consuming().kept().bytes()
                + (long) EVENT * config.broker().consuming().unsettled()
                + (long) TRANSFER * config.broker().payloads().transfers()
                + CALLBACKS * config.callbacks().memory().bytes();
    }

    private NodeConfig with(double factor) {
        HttpConfig http = config.server().http();
        HttpConfig.Limits limits = http.limits();
        ConsumingConfig consuming = config.broker().consuming();
        DataSize bodies = fit(
                limits.bodies(),
                HttpConfig.Limits.DEFAULT.bodies(),
                factor,
                2 * limits.document().bytes());
        DataSize kept = fit(consuming.kept(), ConsumingConfig.DEFAULT.kept(), factor, 0);
        int unsettled = consuming.unsettled() == ConsumingConfig.DEFAULT.unsettled()
                ? Math.max(LEAST_EVENTS, (int) (consuming.unsettled() * factor))
                : consuming.unsettled();
        return config.withServer(config.server().withHttp(http.withLimits(limits.withBodies(bodies))))
                .withBroker(config.broker()
                        .withConsuming(consuming.withKept(kept).withUnsettled(unsettled))
                        .withPayloads(payloads(factor)))
                .withStore(store(factor))
                .withCallbacks(callbacks(factor));
    }

    private CallbackConfig callbacks(double factor) {
        CallbackConfig callbacks = config.callbacks();
        return callbacks.withMemory(fit(
                callbacks.memory(),
                CallbackConfig.DEFAULT.memory(),
                factor,
                CallbackConfig.DEFAULT.windowSize().bytes()));
    }

    private PayloadConfig payloads(double factor) {
        PayloadConfig payloads = config.broker().payloads();
        return payloads.transfers() == PayloadConfig.DEFAULT.transfers()
                ? payloads.withTransfers(Math.max(LEAST_TRANSFERS, (int) (payloads.transfers() * factor)))
                : payloads;
    }

    private SegmentedConfig store(double factor) {
        SegmentedConfig store = config.store();
        SegmentedConfig.Commit commit = store.commit();
        DataSize tails = fit(
                store.stage().tailMemory(),
                SegmentedConfig.DEFAULT.stage().tailMemory(),
                factor,
                commit.batch().bytes());
        DataSize queue = fit(
                commit.queue(),
                SegmentedConfig.DEFAULT.commit().queue(),
                factor,
                commit.batch().bytes());
        return store.withMemory(tails, queue);
    }

    private static DataSize fit(DataSize value, DataSize byDefault, double factor, long least) {
        return value.equals(byDefault) ? new DataSize(Math.max(least, (long) (value.bytes() * factor))) : value;
    }
}
