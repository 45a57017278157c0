package dev.tidings.callback.delivery;

import dev.tidings.broker.subscriptions.DeliveryStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What went well and wrong last, for who asks how a subscription is doing.
final class Report {
    private @Nullable Instant lastSuccess;
    private DeliveryStatus.@Nullable Failure lastFailure;

    void succeeded(Instant now) {
        lastSuccess = now;
    }

    void failed(Instant now, @Nullable Integer status, String reason) {
        lastFailure = new DeliveryStatus.Failure(now, status, reason);
    }

    @Nullable
    Instant lastSuccess() {
        return lastSuccess;
    }

    DeliveryStatus.@Nullable Failure lastFailure() {
        return lastFailure;
    }
}
