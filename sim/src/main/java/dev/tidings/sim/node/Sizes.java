package dev.tidings.sim.node;

import dev.tidings.broker.BrokerConfig;
import dev.tidings.broker.consuming.ConsumingConfig;
import dev.tidings.broker.payloads.PayloadConfig;
import dev.tidings.broker.streams.StreamsConfig;
import dev.tidings.broker.subscriptions.SubscriptionConfig;
import dev.tidings.callback.delivery.Backoff;
import dev.tidings.callback.delivery.Breaker;
import dev.tidings.callback.delivery.DeliverySettings;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.model.DataSize;
import java.time.Duration;
import java.util.SplittableRandom;

/// How large everything is: so small that a few hundred events go through everything.
///
/// Two waits are longer than a world lives: threads sleep for them by the machine's time, not by the world's. So a
/// world sweeps by hand, and a group that finds no room waits until there is some.
record Sizes(SegmentedConfig engine, BrokerConfig broker, DeliverySettings callbacks, PayloadConfig payloads) {
    private static final Duration NEVER = Duration.ofDays(10_000);

    static Sizes random(SplittableRandom random) {
        return new Sizes(engine(random), broker(random), callbacks(random), ofPayloads());
    }

    private static PayloadConfig ofPayloads() {
        return new PayloadConfig(
                DataSize.ofKibibytes(64),
                DataSize.ofMebibytes(1),
                1_000,
                100,
                1_000,
                64,
                64,
                Duration.ofMinutes(30),
                NEVER,
                DataSize.ofKibibytes(64));
    }

    /// Whoever calls is patient, and never waits for longer than ten seconds.
    private static DeliverySettings callbacks(SplittableRandom random) {
        return new DeliverySettings(
                "sim",
                "Tidings",
                1 + random.nextInt(4),
                1 + random.nextInt(16),
                1 + random.nextInt(8_000),
                1 + random.nextInt(20_000),
                1 + random.nextInt(5),
                1 + random.nextInt(4_000),
                Duration.ofMinutes(random.nextBoolean() ? 1 : 1_000),
                Duration.ofSeconds(10),
                new Backoff(Duration.ofMillis(500 + random.nextInt(2_500)), Duration.ofSeconds(10), Duration.ofDays(3)),
                new Breaker.Limits(
                        1 + random.nextInt(5), Duration.ofMillis(random.nextInt(3_000)), Duration.ofSeconds(10)));
    }

    private static SegmentedConfig engine(SplittableRandom random) {
        boolean restless = random.nextInt(3) == 0;
        return new SegmentedConfig(
                new SegmentedConfig.Ring(2 + random.nextInt(2), DataSize.ofKibibytes(192)),
                new SegmentedConfig.Commit(
                        DataSize.ofKibibytes(48),
                        1 + random.nextInt(16),
                        DataSize.ofKibibytes(256),
                        DataSize.ofKibibytes(120),
                        NEVER),
                new SegmentedConfig.Stage(
                        DataSize.ofKibibytes(restless ? 9 : 16 + random.nextInt(48)),
                        DataSize.ofKibibytes(restless ? 2 : 4 + random.nextInt(12)),
                        Duration.ofHours(1),
                        DataSize.ofKibibytes(restless ? 0 : random.nextInt(8))),
                new SegmentedConfig.Space(DataSize.ofKibibytes(64), DataSize.ofKibibytes(128), Duration.ofSeconds(1)),
                NEVER,
                10_000,
                1 + random.nextInt(2));
    }

    private static StreamsConfig streams(SplittableRandom random) {
        StreamsConfig usual = StreamsConfig.DEFAULT;
        DataSize atOnce = new DataSize(1 + random.nextInt(8_000));
        return new StreamsConfig(
                usual.perClient(),
                usual.readers(),
                atOnce,
                1 + random.nextInt(2),
                usual.pace(),
                new DataSize(atOnce.bytes() + random.nextInt(8_000)));
    }

    private static BrokerConfig broker(SplittableRandom random) {
        BrokerConfig usual = BrokerConfig.DEFAULT;
        ConsumingConfig consuming = ConsumingConfig.DEFAULT;
        return new BrokerConfig(
                usual.catalog(),
                usual.publishing(),
                new ConsumingConfig(
                        consuming.inflight(),
                        consuming.mostInflight(),
                        consuming.instances(),
                        consuming.groups(),
                        1 + random.nextInt(40),
                        1 + random.nextInt(8_000),
                        DataSize.ofKibibytes(random.nextInt(16)),
                        consuming.unsettled(),
                        consuming.firstRetry(),
                        consuming.lastRetry(),
                        consuming.testAge(),
                        consuming.deadAge()),
                usual.quotas(),
                usual.schemas(),
                usual.dead(),
                streams(random),
                new SubscriptionConfig(100, false, true, Duration.ofDays(1)));
    }
}
