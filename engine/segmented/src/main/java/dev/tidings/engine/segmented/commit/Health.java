package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.Unavailable.Effect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the engine can still write: once failed, it stays failed until the process starts anew; full, it is
/// until there is space again.
public final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final EngineObserver observer;
    private final Duration retryAfter;
    private volatile @Nullable String failure;
    private volatile @Nullable String full;

    public Health(EngineObserver observer, Duration retryAfter) {
        this.observer = observer;
        this.retryAfter = retryAfter;
    }

    /// A write or a sync did not succeed: nothing is known of what was written since the last success, so nothing is
    /// written any more.
    public void fail(String what, Throwable cause) {
        LOG.error("the store has failed and takes nothing any more: {}", what, cause);
        if (failure == null) {
            failure = what;
            observer.failed(what);
        }
    }

    /// Something that was stored does not hold; the rest goes on.
    public void corrupt(String what) {
        LOG.error("corrupt: {}", what);
        observer.failed(what);
    }

    public void full(String what) {
        if (full == null) {
            LOG.warn("events are refused: {}", what);
        }
        full = what;
    }

    public void spaceAgain() {
        if (full != null) {
            LOG.info("there is space again: events are taken");
            full = null;
        }
    }

    public boolean failed() {
        return failure != null;
    }

    public boolean isFull() {
        return full != null;
    }

    /// Why no events are taken, or null where they are.
    public @Nullable String refusal() {
        String failed = failure;
        return failed != null ? failed : full;
    }

    public Unavailable refused(String why) {
        return new Unavailable(why, Effect.NONE, retryAfter);
    }

    public Unavailable unknown(String why) {
        return new Unavailable(why, Effect.UNKNOWN, retryAfter);
    }
}
