package dev.tidings.broker.dispatch;

import dev.tidings.model.Lane;

/// A lane's event, offered to one of its members.
public final class LaneLoan extends Held {
    private final LaneDispatch home;
    private final LaneMember member;
    private final LaneEvent event;

    LaneLoan(LaneDispatch home, LaneMember member, LaneEvent event) {
        super(event.position(), event.bytes());
        this.home = home;
        this.member = member;
        this.event = event;
    }

    @Override
    public Lane lane() {
        return home.lane();
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    void settled() {
        home.settle(event.position());
    }

    /// Others have been offered it, or will be.
    @Override
    void takenBack() {}

    @Override
    void rolledBack() {
        home.offerAgain(member, event.position());
    }

    @Override
    void released() {}
}
