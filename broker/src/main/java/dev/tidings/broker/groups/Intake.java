package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.engine.StoredEvent;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// Reads the partitions of a group while somebody wants events, in rounds, and offers what the group may see. Belongs
/// to the group's loop.
final class Intake {
    private static final int EVENTS_A_TURN = 4096;
    private static final int EVENTS_A_ROUND = 64;
    /// Positions: after a crash so many are read again at most, where nothing in them was for the group.
    private static final int MOST_SKIPPED = 50_000;

    private final Holdings holdings;
    private final GroupDispatch dispatch;
    private final Sieve sieve;
    private final Consumer<Share> skipped;
    private final ArrayDeque<Share> active = new ArrayDeque<>();

    /// @param skipped told of partitions in which much was passed by that no cursor tells of
    Intake(Holdings holdings, GroupDispatch dispatch, Sieve sieve, Consumer<Share> skipped) {
        this.holdings = holdings;
        this.dispatch = dispatch;
        this.sieve = sieve;
        this.skipped = skipped;
    }

    /// Reads as much as one turn allows; true where more could be read at once.
    boolean read() {
        sieve.begin();
        int left = EVENTS_A_TURN;
        if (dispatch.wantsMore()) {
            wake();
        }
        while (left > 0 && dispatch.wantsMore() && !sieve.isSpent()) {
            Share share = active.poll();
            if (share == null) {
                break;
            }
            left -= advance(share);
            share.active = !isIdle(share) && holdings.has(share) && dispatch.wantsMore(share.index);
            if (share.active) {
                active.add(share);
            }
        }
        dispatch.tellGates();
        return left <= 0 || sieve.isSpent();
    }

    private boolean isIdle(Share share) {
        return share.feed.isIdle() && holdings.gaps().isIdle(share);
    }

    private void wake() {
        for (Share share : holdings.all()) {
            if (!share.feed.hasNext() && !share.feed.isReading()) {
                dispatch.readTo(share.index, share.feed.readTo());
            }
            if (!share.active && !isIdle(share) && dispatch.wantsMore(share.index)) {
                share.active = true;
                active.add(share);
            }
        }
    }

    /// Reads on where nothing is at hand, and offers what is; returns how much that was.
    private int advance(Share share) {
        if (!holdings.has(share)) {
            return 0;
        }
        int filled = holdings.gaps().advance(share, sieve, EVENTS_A_ROUND);
        return share.feed.isIdle() ? filled : filled + readOn(share);
    }

    private int readOn(Share share) {
        Feed feed = share.feed;
        if (!feed.hasNext()) {
            feed.read(dispatch.readTo(share.index));
        }
        int offered = 0;
        while (offered < EVENTS_A_ROUND && feed.hasNext() && dispatch.wantsMore(share.index) && !sieve.isSpent()) {
            offer(share, feed.next());
            offered++;
        }
        if (!feed.hasNext() && !feed.isReading()) {
            dispatch.readTo(share.index, feed.readTo());
            feed.putAway(dispatch.waiting());
            if (feed.readTo() - share.storedFloor > MOST_SKIPPED) {
                skipped.accept(share);
            }
        }
        return offered + 1;
    }

    private void offer(Share share, StoredEvent event) {
        if (holdings.selection().reveals(event) && sieve.passes(share.partition(), event)) {
            dispatch.accept(share.index, event);
            dispatch.assign();
        } else {
            dispatch.readTo(share.index, event.position() + 1);
        }
    }
}
