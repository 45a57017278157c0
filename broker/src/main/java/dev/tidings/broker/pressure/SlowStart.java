package dev.tidings.broker.pressure;

import java.time.Duration;

/// Which part of a type's limits one group may use. A group that catches up after an outage begins with a small part,
/// which doubles in each step in which its confirmations keep pace; where deliveries fail, it halves. Pure: for one
/// thread, or under a lock.
final class SlowStart {
    private final Rules rules;
    private boolean used;
    private long lastDelivery;
    private int divisor = 1;
    private long stepBegan;
    private int delivered;
    private int confirmed;
    private boolean failed;

    /// @param idle  a group that was given nothing of a type for so long, and then gets events that are older than
    ///              that, catches up
    /// @param first the divisor with which it begins, a power of two
    /// @param step  how long it takes at least to double
    record Rules(Duration idle, int first, Duration step) {
        static final Rules DEFAULT = new Rules(Duration.ofSeconds(10), 16, Duration.ofSeconds(2));
    }

    SlowStart(Rules rules) {
        this.rules = rules;
    }

    /// By what the limits are divided now.
    int divisor() {
        return divisor;
    }

    /// An event of this age is to be delivered.
    void wanted(long now, Duration age) {
        if (used && now - lastDelivery <= rules.idle.toNanos()) {
            return;
        }
        used = true;
        lastDelivery = now;
        divisor = age.compareTo(rules.idle) > 0 ? rules.first : 1;
        begin(now);
    }

    void delivered(long now) {
        lastDelivery = now;
        delivered++;
    }

    /// A delivery did not happen.
    void undone() {
        delivered--;
    }

    void confirmed() {
        confirmed++;
    }

    /// A delivery ended unconfirmed; counts once a step.
    void failed(long now) {
        if (!failed) {
            divisor = Math.min(rules.first, divisor * 2);
            begin(now);
            failed = true;
        }
    }

    /// Takes the next step where its time has come.
    void advance(long now) {
        if (divisor == 1 || delivered == 0 || now - stepBegan < rules.step.toNanos()) {
            return;
        }
        if (2L * confirmed >= delivered) {
            divisor /= 2;
        }
        begin(now);
    }

    private void begin(long now) {
        stepBegan = now;
        delivered = 0;
        confirmed = 0;
        failed = false;
    }
}
