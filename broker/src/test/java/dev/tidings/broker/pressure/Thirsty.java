package dev.tidings.broker.pressure;

import dev.tidings.broker.loop.ManualLoop;

/// A group with a backlog of events of one type, on a loop turned by hand.
final class Thirsty {
    final Claim claim;
    private final ManualLoop loop;
    private final int window;
    private final boolean confirms;
    long acceptedMillis;
    int backlog;
    int held;
    int delivered;

    private Thirsty(TypeThrottle throttle, ManualLoop loop, int window, boolean confirms) {
        this.loop = loop;
        this.window = window;
        this.confirms = confirms;
        this.acceptedMillis = loop.clock().millis();
        this.claim = throttle.open(new Claim.Owner(loop, () -> loop.execute(this::turn)));
    }

    /// One that confirms at once what it was given.
    static Thirsty quick(TypeThrottle throttle, ManualLoop loop) {
        return new Thirsty(throttle, loop, Integer.MAX_VALUE, true);
    }

    /// One that confirms when it is told to, and has at most so many unconfirmed.
    static Thirsty slow(TypeThrottle throttle, ManualLoop loop, int window) {
        return new Thirsty(throttle, loop, window, false);
    }

    Thirsty wants(int events) {
        backlog += events;
        loop.execute(this::turn);
        return this;
    }

    /// Its events were accepted so long ago.
    Thirsty since(long seconds) {
        acceptedMillis = loop.clock().millis() - 1000 * seconds;
        return this;
    }

    void confirm(int events) {
        for (int i = 0; i < events; i++) {
            held--;
            claim.leave();
        }
        loop.execute(this::turn);
    }

    void fail(int events) {
        for (int i = 0; i < events; i++) {
            held--;
            backlog++;
            claim.fail();
        }
        loop.execute(this::turn);
    }

    void rollBack() {
        held--;
        backlog++;
        delivered--;
        claim.undo();
        loop.execute(this::turn);
    }

    private void turn() {
        while (backlog > 0 && held < window && claim.pass(acceptedMillis)) {
            backlog--;
            held++;
            delivered++;
            if (confirms) {
                held--;
                claim.leave();
            }
        }
        claim.waiting(held < window ? Math.min(backlog, window - held) : 0);
    }
}
