package dev.tidings.broker.quotas;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/// How much of something one client may use in a second: a bucket that fills evenly, and holds what was saved up.
///
/// @param rate     in a second
/// @param capacity the most that is saved up
record Meter(long rate, long capacity, Bucket bucket) {
    static Meter of(long rate, Duration burst, TimeMeter clock) {
        long capacity = Math.max(1, rate * burst.toMillis() / 1_000);
        Bucket bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(rate, Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
        return new Meter(rate, capacity, bucket);
    }

    /// Takes as much, or nothing; what is more than the bucket holds is taken from a full one, and paid off afterwards.
    ///
    /// @return after how many nanoseconds it can be taken; 0 where it was
    long take(long amount) {
        long held = Math.min(amount, capacity);
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(held);
        if (!probe.isConsumed()) {
            return Math.max(1, probe.getNanosToWaitForRefill());
        }
        if (amount > held) {
            bucket.consumeIgnoringRateLimits(amount - held);
        }
        return 0;
    }

    /// What was taken was not used.
    void giveBack(long amount) {
        bucket.addTokens(amount);
    }

    /// After how many nanoseconds as much could be taken; takes nothing.
    long foresee(long amount) {
        var probe = bucket.estimateAbilityToConsume(Math.min(amount, capacity));
        return probe.canBeConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
    }
}
