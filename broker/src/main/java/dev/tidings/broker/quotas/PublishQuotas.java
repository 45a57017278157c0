package dev.tidings.broker.quotas;

import dev.tidings.broker.catalog.ClientEntry;
import dev.tidings.model.ClientName;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How many events and how many bytes of them each client may publish per second. Each client has a bucket of either
/// that holds [QuotaConfig#burst] worth of it and fills evenly. Only what is about to be stored is taken from them; a
/// refused request takes nothing. A request that is larger than a bucket passes when the bucket is full, and is paid
/// off afterwards. May be used by any thread.
public final class PublishQuotas {
    private final QuotaConfig config;
    private final TimeMeter clock;
    private final ConcurrentHashMap<ClientName, Meters> meters = new ConcurrentHashMap<>();

    /// @param nanos a clock that never goes back, as [System#nanoTime]
    public PublishQuotas(QuotaConfig config, LongSupplier nanos) {
        this.config = config;
        this.clock = new Clock(nanos);
    }

    /// Takes the events from the client's quotas, or says why it can't.
    ///
    /// @param bytes the size of their JSON
    public @Nullable Refusal take(ClientEntry client, int events, long bytes) {
        Meters of = meters(client);
        long wait = of.events.take(events);
        if (wait > 0) {
            return tooManyEvents(of.events, events, wait);
        }
        wait = of.bytes.take(bytes);
        if (wait > 0) {
            of.events.giveBack(events);
            return tooManyBytes(of.bytes, bytes, wait);
        }
        return null;
    }

    /// Why the events could not be taken now; takes nothing. Spares the work on a request that would be refused.
    public @Nullable Refusal foresee(ClientEntry client, int events, long bytes) {
        Meters of = meters(client);
        long wait = of.events.foresee(events);
        if (wait > 0) {
            return tooManyEvents(of.events, events, wait);
        }
        wait = of.bytes.foresee(bytes);
        return wait > 0 ? tooManyBytes(of.bytes, bytes, wait) : null;
    }

    /// Forgets clients that are no more.
    public void keepOnly(Set<ClientName> clients) {
        meters.keySet().retainAll(clients);
    }

    private Meters meters(ClientEntry client) {
        Integer events = client.quotas().eventsPerSecond();
        DataSize bytes = client.quotas().bytesPerSecond();
        long eventRate = events == null ? config.eventsPerSecond() : events;
        long byteRate = (bytes == null ? config.bytesPerSecond() : bytes).bytes();
        Meters found = meters.get(client.name());
        return found != null && found.have(eventRate, byteRate)
                ? found
                : meters.compute(
                        client.name(),
                        (_, old) -> old != null && old.have(eventRate, byteRate) ? old : open(eventRate, byteRate));
    }

    private Meters open(long events, long bytes) {
        return new Meters(Meter.of(events, config.burst(), clock), Meter.of(bytes, config.burst(), clock));
    }

    private static Refusal tooManyEvents(Meter meter, int events, long nanos) {
        return refusal(meter.rate() + " events", Long.toString(meter.capacity()), Integer.toString(events), nanos);
    }

    private static Refusal tooManyBytes(Meter meter, long bytes, long nanos) {
        String rate = new DataSize(meter.rate()) + " of events";
        return refusal(rate, new DataSize(meter.capacity()).toString(), new DataSize(bytes).toString(), nanos);
    }

    private static Refusal refusal(String rate, String capacity, String amount, long nanos) {
        return Refusal.retryable(
                ErrorCode.OVER_QUOTA,
                "The client may publish " + rate + " per second, at most " + capacity
                        + " at once when it has saved them up; there is no room for " + amount
                        + " now. Nothing was stored; send the request again later",
                Duration.ofNanos(nanos));
    }

    /// What one client has.
    private record Meters(Meter events, Meter bytes) {
        boolean have(long eventRate, long byteRate) {
            return events.rate() == eventRate && bytes.rate() == byteRate;
        }
    }

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
