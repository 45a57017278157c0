package dev.tidings.broker.subscriptions;

import java.time.Duration;

/// What subscriptions may be like.
///
/// @param most             how many a client may have for which the catalog does not say
/// @param plainHttp        whether sinks may be called without TLS; on an insecure server they always may
/// @param withoutHandshake whether a subscription may ask that its sink be called without being asked first
/// @param overlap          for how long a signing secret goes on being used beside the one that took its place
public record SubscriptionConfig(int most, boolean plainHttp, boolean withoutHandshake, Duration overlap) {
    public static final SubscriptionConfig DEFAULT = new SubscriptionConfig(100, false, false, Duration.ofDays(1));

    public SubscriptionConfig {
        if (most < 1) {
            throw new IllegalArgumentException("most is at least 1, found " + most);
        }
        if (overlap.isNegative()) {
            throw new IllegalArgumentException("overlap is not negative, found " + overlap);
        }
    }

    public SubscriptionConfig withPlainHttp() {
        return new SubscriptionConfig(most, true, withoutHandshake, overlap);
    }
}
