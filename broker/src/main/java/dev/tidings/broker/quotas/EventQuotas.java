package dev.tidings.broker.quotas;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Events per second and client. Each client has a bucket that holds [QuotaConfig#burst] worth of events and fills
/// evenly. Only what is about to be stored is taken from it; a refused request takes nothing. A request that is
/// larger than the bucket passes when the bucket is full, and is paid off afterwards. May be used by any thread.
public final class EventQuotas {
    private final QuotaConfig config;
    private final TimeMeter clock;
    private final ConcurrentHashMap<ClientName, Meter> meters = new ConcurrentHashMap<>();

    /// @param nanos a clock that never goes back, as [System#nanoTime]
    public EventQuotas(QuotaConfig config, LongSupplier nanos) {
        this.config = config;
        this.clock = new Clock(nanos);
    }

    /// Takes the events from the client's quota, or says why it can't.
    public @Nullable Refusal take(ClientEntry client, int events) {
        Meter meter = meter(client);
        long held = Math.min(events, meter.capacity);
        ConsumptionProbe probe = meter.bucket.tryConsumeAndReturnRemaining(held);
        if (!probe.isConsumed()) {
            return refusal(meter, events, probe.getNanosToWaitForRefill());
        }
        if (events > held) {
            meter.bucket.consumeIgnoringRateLimits(events - held);
        }
        return null;
    }

    /// Why the events could not be taken now; takes nothing. Spares the work on a request that would be refused.
    public @Nullable Refusal foresee(ClientEntry client, int events) {
        Meter meter = meter(client);
        var probe = meter.bucket.estimateAbilityToConsume(Math.min(events, meter.capacity));
        return probe.canBeConsumed() ? null : refusal(meter, events, probe.getNanosToWaitForRefill());
    }

    /// Forgets clients that are no more.
    public void keepOnly(Set<ClientName> clients) {
        meters.keySet().retainAll(clients);
    }

    private Meter meter(ClientEntry client) {
        Integer own = client.quotas().eventsPerSecond();
        int rate = own == null ? config.eventsPerSecond() : own;
        Meter meter = meters.get(client.name());
        return meter != null && meter.rate == rate
                ? meter
                : meters.compute(client.name(), (_, found) -> found != null && found.rate == rate ? found : open(rate));
    }

    private Meter open(int rate) {
        long capacity = Math.max(1, rate * config.burst().toMillis() / 1_000);
        Bucket bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(rate, Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
        return new Meter(rate, capacity, bucket);
    }

    private static Refusal refusal(Meter meter, int events, long nanos) {
        return Refusal.retryable(
                ErrorCode.OVER_QUOTA,
                "The client may publish " + meter.rate + " events per second, at most " + meter.capacity
                        + " at once when it has saved them up; there is no room for " + events
                        + " now. Nothing was stored; send the request again later",
                Duration.ofNanos(nanos));
    }

    private record Meter(int rate, long capacity, Bucket bucket) {}

    private record Clock(LongSupplier nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
