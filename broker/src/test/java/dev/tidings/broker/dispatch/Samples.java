package dev.tidings.broker.dispatch;

import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import java.util.ArrayList;
import java.util.List;

/// Events and recipients for the tests of dispatch.
final class Samples {
    static final EventType TYPE = new EventType("a.b.c.Done");

    private Samples() {}

    static StoredEvent event(long position, long key) {
        return new StoredEvent(position, position * 1000, TYPE, key, true, Bytes.of(new byte[10]));
    }

    static StoredEvent event(long position) {
        return event(position, 0);
    }

    /// Remembers the positions it was given.
    static final class Taker implements Recipient {
        final List<Long> positions = new ArrayList<>();

        @Override
        public void take(long offset, Held held) {
            positions.add(held.position());
        }
    }

    /// An instance that wants everything.
    static Ledger eager(int window, Recipient recipient) {
        Ledger ledger = new Ledger("eager", window, recipient);
        ledger.grant(Integer.MAX_VALUE);
        return ledger;
    }
}
