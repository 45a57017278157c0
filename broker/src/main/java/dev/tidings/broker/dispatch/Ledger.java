package dev.tidings.broker.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one instance was given: numbers its deliveries 1, 2, 3, … over all lanes, knows which of them are in
/// flight, and how many more it may have: no more than its window unconfirmed, and no more than the credit it gave.
///
/// The deliveries between the highest confirmed offset and the last one stand in a ring. That span is bounded too,
/// so an instance that reports everything dead and never confirms comes to a halt instead of filling memory.
public final class Ledger {
    private static final int SPAN_PER_WINDOW = 4;

    private final String instance;
    private final int window;
    private final Recipient recipient;
    private final List<Runnable> onRoom = new ArrayList<>(3);
    private @Nullable Held[] ring = new Held[16];
    /// Everything up to this offset is confirmed, or was taken back.
    private long confirmed;
    /// The highest offset that the instance has confirmed.
    private long acknowledged;
    private long last;
    private int inFlight;
    private boolean demand;
    private long bytes;
    private int events;
    private boolean paused;
    private boolean closed;
    private @Nullable RateLimit rate;

    public Ledger(String instance, int window, Recipient recipient) {
        this.instance = instance;
        this.window = window;
        this.recipient = recipient;
    }

    /// The name of the instance.
    public String instance() {
        return instance;
    }

    /// The last offset given out.
    public long last() {
        return last;
    }

    public int inFlight() {
        return inFlight;
    }

    public boolean hasRoom() {
        return demand && bytes > 0 && events > 0 && !paused && !isFull() && (rate == null || rate.permits());
    }

    /// Gives no faster than this from now on.
    public void limit(RateLimit newRate) {
        rate = newRate;
    }

    /// Its [RateLimit] permits again.
    public void permitted() {
        tellRoom(false);
    }

    /// Whether nothing more can be given before something is confirmed.
    public boolean isFull() {
        return closed || inFlight >= window || last - confirmed >= (long) window * SPAN_PER_WINDOW;
    }

    /// Allows `more` bytes besides those allowed already, in any number of events.
    public void grant(long more) {
        boolean had = hasRoom();
        demand = true;
        events = Integer.MAX_VALUE;
        bytes = Math.min(bytes + more, Long.MAX_VALUE / 2);
        tellRoom(had);
    }

    /// Allows this much, whatever was allowed before.
    public void ask(int maxEvents, int maxBytes) {
        boolean had = hasRoom();
        demand = true;
        events = maxEvents;
        bytes = maxBytes;
        tellRoom(had);
    }

    /// What it has been given is delivered with so many bytes, not as many as are stored.
    public void weigh(Held held, int delivered) {
        boolean had = hasRoom();
        bytes += Math.max(1, held.bytes) - Math.max(1, delivered);
        held.bytes = delivered;
        tellRoom(had);
    }

    /// Allows nothing more.
    public void withdraw() {
        demand = false;
        bytes = 0;
        events = 0;
    }

    /// Gives nothing more until something is settled, or [#resume].
    void pause() {
        paused = true;
    }

    void resume() {
        boolean had = hasRoom();
        paused = false;
        tellRoom(had);
    }

    boolean isPaused() {
        return paused;
    }

    /// Settles everything up to this offset, which was given out. Confirming again does nothing.
    public void confirm(long upTo) {
        boolean had = hasRoom();
        long to = Math.min(upTo, last);
        paused &= acknowledged >= to;
        acknowledged = Math.max(acknowledged, to);
        while (confirmed < to) {
            Held held = remove(++confirmed);
            if (held != null) {
                held.settled();
            }
        }
        tellRoom(had);
    }

    /// Settles this one alone: it was confirmed, or what was released under this offset is dead by now.
    public void settle(long offset) {
        boolean had = hasRoom();
        Held held = held(offset);
        if (offset > confirmed && offset <= last) {
            ring[slot(offset)] = null;
        }
        if (held != null) {
            inFlight--;
            paused = false;
            held.settled();
        }
        passSettled();
        tellRoom(had);
    }

    /// What is in flight under this offset; null where nothing is, any more or yet.
    public @Nullable Held held(long offset) {
        if (offset <= confirmed || offset > last) {
            return null;
        }
        Held held = ring[slot(offset)];
        return held == Held.Released.MARK ? null : held;
    }

    /// The lowest offset that is not confirmed.
    public long firstOpen() {
        return confirmed + 1;
    }

    /// Whether what had this offset was released, and nothing was confirmed beyond it since.
    public boolean isReleased(long offset) {
        return offset > confirmed && offset <= last && ring[slot(offset)] == Held.Released.MARK;
    }

    /// Takes one event out: it counts as settled for this instance alone, and as open for everybody until it is
    /// buried.
    public @Nullable Held release(long offset) {
        boolean had = hasRoom();
        Held held = held(offset);
        if (held == null) {
            return null;
        }
        inFlight--;
        paused = false;
        ring[slot(offset)] = Held.Released.MARK;
        held.released();
        tellRoom(had);
        return held;
    }

    /// Puts back what was released under this offset; false where the instance has ended or confirmed beyond it.
    public boolean restore(long offset, Held held) {
        if (closed || !isReleased(offset)) {
            return false;
        }
        ring[slot(offset)] = held;
        inFlight++;
        return true;
    }

    /// The deliveries from this offset on never happened; the next one gets this offset again.
    public void rollBack(long first) {
        boolean had = hasRoom();
        long from = Math.max(first, confirmed + 1);
        for (long offset = last; offset >= from; offset--) {
            Held held = remove(offset);
            last = offset - 1;
            if (held != null) {
                refund(held);
                held.rolledBack();
            }
        }
        tellRoom(had);
    }

    /// Takes one event back: its time is over, or the instance gives it back.
    public void takeBack(long offset) {
        boolean had = hasRoom();
        Held held = remove(offset);
        passSettled();
        if (held != null) {
            held.takenBack();
        }
        tellRoom(had);
    }

    /// This one delivery never happened, though later ones did: its offset stands for nothing any more.
    void undo(long offset) {
        boolean had = hasRoom();
        Held held = remove(offset);
        passSettled();
        if (held != null) {
            held.rolledBack();
        }
        tellRoom(had);
    }

    /// Takes everything back, the newest first.
    public void close() {
        closed = true;
        withdraw();
        for (long offset = last; offset > confirmed; offset--) {
            Held held = remove(offset);
            if (held != null) {
                held.takenBack();
            }
        }
    }

    void onRoom(Runnable listener) {
        onRoom.add(listener);
    }

    void give(Held held) {
        if (last - confirmed == ring.length) {
            grow();
        }
        last++;
        inFlight++;
        events--;
        bytes -= Math.max(1, held.bytes);
        if (rate != null) {
            rate.given();
        }
        ring[slot(last)] = held;
        recipient.take(last, held);
    }

    private @Nullable Held remove(long offset) {
        int slot = slot(offset);
        Held held = ring[slot];
        ring[slot] = null;
        if (held == null || held == Held.Released.MARK) {
            return null;
        }
        inFlight--;
        return held;
    }

    /// What is settled one by one must not keep the span from moving on.
    private void passSettled() {
        while (confirmed < last && ring[slot(confirmed + 1)] == null) {
            confirmed++;
        }
    }

    private void refund(Held held) {
        if (rate != null) {
            rate.undone();
        }
        if (demand) {
            bytes += Math.max(1, held.bytes);
            events = events == Integer.MAX_VALUE ? events : events + 1;
        }
    }

    private void tellRoom(boolean had) {
        if (!had && hasRoom()) {
            for (Runnable listener : onRoom) {
                listener.run();
            }
        }
    }

    private void grow() {
        @Nullable Held[] larger = new Held[ring.length * 2];
        for (long offset = confirmed + 1; offset <= last; offset++) {
            larger[(int) offset & (larger.length - 1)] = ring[slot(offset)];
        }
        ring = larger;
    }

    private int slot(long offset) {
        return (int) offset & (ring.length - 1);
    }
}
