package dev.tidings.broker.dispatch;

/// An instance as a lane sees it.
public final class LaneMember {
    final Ledger ledger;
    /// Every unsettled event below this position was offered to it.
    long offeredTo;

    LaneMember(Ledger ledger) {
        this.ledger = ledger;
    }
}
