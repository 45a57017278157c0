package dev.tidings.server.http;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of unanswered requests the process holds at most. May be used by any thread.
final class BodyBudget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    private boolean take(long bytes) {
        if (held.addAndGet(bytes) <= most) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    long held() {
        return held.get();
    }

    Share share() {
        return new Share();
    }

    /// What one request takes. May be used by any thread.
    final class Share {
        private long taken;
        private boolean over;

        /// Whether there was room for so many more bytes, and the request is not over.
        synchronized boolean take(long bytes) {
            if (over || !BodyBudget.this.take(bytes)) {
                return false;
            }
            taken += bytes;
            return true;
        }

        /// Gives all of it back; nothing can be taken any more.
        synchronized void giveBack() {
            over = true;
            held.addAndGet(-taken);
            taken = 0;
        }
    }
}
