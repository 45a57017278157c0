package dev.tidings.callback.delivery;

import dev.tidings.callback.sink.Permission;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a sink has said that it wants to be called, and how often at most. Pure.
final class Permit {
    private final boolean needed;
    private final Duration lasts;
    private @Nullable Instant granted;
    private @Nullable Integer perMinute;

    /// @param needed whether the sink is to be asked at all
    /// @param lasts  after what time it is asked again
    Permit(boolean needed, Duration lasts) {
        this.needed = needed;
        this.lasts = lasts;
    }

    /// Whether the sink has to be asked before anything goes out.
    boolean isDue(Instant now) {
        return needed && (granted == null || !now.isBefore(granted.plus(lasts)));
    }

    void granted(Permission.Granted permission, Instant now) {
        granted = now;
        perMinute = permission.perMinute();
    }

    void withdrawn() {
        granted = null;
    }

    /// The most requests a minute that the sink allows; null: any, or it was not asked yet.
    @Nullable
    Integer perMinute() {
        return perMinute;
    }
}
