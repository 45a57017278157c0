package dev.tidings.broker.dispatch;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// An instance as its group sees it: its ledger, and the keys it owns of which more waits for it.
public final class GroupMember {
    final Ledger ledger;
    /// What process it belongs to; null: none.
    final @Nullable String process;
    final ArrayDeque<KeyQueue> owned = new ArrayDeque<>();
    /// Whether it is in the group's round of those that want events.
    boolean hungry;
    /// Whether it is in the group's queue of those that want what waits for them.
    boolean feedable;

    boolean closed;

    GroupMember(Ledger ledger, @Nullable String process) {
        this.ledger = ledger;
        this.process = process;
    }

    boolean hasRoom() {
        return !closed && ledger.hasRoom();
    }

    /// The next event that waits for this member alone.
    @Nullable
    Pending nextOwned() {
        while (true) {
            KeyQueue key = owned.peek();
            if (key == null) {
                return null;
            }
            Pending head = key.owner == this && !key.heldUp && !key.isParked() ? key.head() : null;
            if (head != null) {
                return head;
            }
            owned.poll();
            if (key.owner == this) {
                key.listed = false;
            }
        }
    }
}
