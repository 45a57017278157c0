package dev.tidings.broker.dispatch;

import dev.tidings.engine.Cursor;
import dev.tidings.engine.Ranges;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.Lane;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A client's test or dead lane, which has one partition: each event is offered to every member, and to those
/// that come later, until it is settled by the first who confirms it. A pure state machine.
///
/// At most `maxUnsettled` events are looked at at once; where so many are unsettled, later ones wait.
public final class LaneDispatch {
    private final Lane lane;
    private final int maxUnsettled;
    private final TreeMap<Long, LaneEvent> unsettled = new TreeMap<>();
    private final Set<Long> departing = new HashSet<>();
    private final Set<LaneMember> members = new LinkedHashSet<>();

    /// Those that are to be offered something: they are new, had no room, did not read what they got, or something
    /// was read since. Nobody else is looked at, so that a turn costs nothing for those who wait for events.
    private final Set<LaneMember> behind = new LinkedHashSet<>();

    private Ranges ahead;
    private long readTo;
    /// The position of the last event that was to be offered.
    private long newest = -1;

    private boolean changed;

    public LaneDispatch(Lane lane, Cursor cursor, int maxUnsettled) {
        this.lane = lane;
        this.maxUnsettled = maxUnsettled;
        this.ahead = cursor.settled();
        this.readTo = cursor.floor();
    }

    public Lane lane() {
        return lane;
    }

    public LaneMember open(Ledger ledger) {
        LaneMember member = new LaneMember(ledger);
        members.add(member);
        behind.add(member);
        return member;
    }

    /// The member's ledger is closed by its group, or by whoever opened it.
    public void close(LaneMember member) {
        members.remove(member);
        behind.remove(member);
    }

    /// Takes an event that was read; false where it was settled before.
    public boolean accept(StoredEvent event) {
        long position = event.position();
        boolean open = position >= readTo && !ahead.contains(position);
        readTo(position + 1);
        if (open) {
            newest = Math.max(newest, position);
            unsettled.put(position, new LaneEvent(position, event.json().length(), event.acceptedMillis()));
            behind.addAll(members);
        }
        return open;
    }

    /// Everything below this position was read.
    public void readTo(long position) {
        readTo = Math.max(readTo, position);
    }

    public long readTo() {
        return readTo;
    }

    /// Offers what was read to those that have room.
    public void assign() {
        behind.removeIf(this::isOfferedEverything);
    }

    /// The member did not read what it was offered from this position on.
    void offerAgain(LaneMember member, long position) {
        member.offeredTo = Math.min(member.offeredTo, position);
        if (members.contains(member)) {
            behind.add(member);
        }
    }

    /// Whether a member was offered everything that was read, and more may be read.
    public boolean wantsMore() {
        return unsettled.size() < maxUnsettled && behind.size() < members.size();
    }

    /// Settles an event; false where it is settled already.
    public boolean settle(long position) {
        if (position >= readTo) {
            boolean ahead = this.ahead.contains(position);
            this.ahead = ahead ? this.ahead : Holes.add(this.ahead, position);
            changed |= !ahead;
            return !ahead;
        }
        boolean open = unsettled.remove(position) != null;
        changed |= open;
        return open;
    }

    /// Cursors written from now on show this event as settled; false where it is settled, or departs already.
    public boolean depart(long position) {
        return !isSettled(position) && departing.add(position);
    }

    /// It was not settled after all.
    public void revive(long position) {
        departing.remove(position);
    }

    /// It is settled now.
    public void bury(long position) {
        departing.remove(position);
        settle(position);
    }

    /// Settles what was accepted before this time; true where there was anything.
    public boolean expire(long beforeMillis) {
        boolean any = false;
        for (Map.Entry<Long, LaneEvent> first = unsettled.firstEntry();
                first != null && first.getValue().acceptedMillis() < beforeMillis;
                first = unsettled.firstEntry()) {
            any |= settle(first.getKey());
        }
        return any;
    }

    /// Whether anything was settled since this was asked last.
    public boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    public boolean isSettled(long position) {
        return position < readTo ? !unsettled.containsKey(position) : ahead.contains(position);
    }

    public Cursor cursor() {
        CursorBuilder builder = new CursorBuilder();
        for (long position : unsettled.keySet()) {
            if (!departing.contains(position)) {
                builder.outstanding(position);
            }
        }
        Ranges settled = ahead;
        for (long position : departing) {
            settled = position < readTo || settled.contains(position) ? settled : Holes.add(settled, position);
        }
        return builder.build(readTo, settled, Map.of());
    }

    /// How many of the events read are unsettled.
    public int size() {
        return unsettled.size();
    }

    /// Why nothing more is delivered although events are there; null where nothing stands in the way.
    public @Nullable String blocked() {
        return unsettled.size() < maxUnsettled ? null : "blocked: " + unsettled.size() + " events are unsettled";
    }

    private boolean isOfferedEverything(LaneMember member) {
        while (member.offeredTo <= newest) {
            if (!member.ledger.hasRoom()) {
                return false;
            }
            Map.Entry<Long, LaneEvent> next = unsettled.ceilingEntry(member.offeredTo);
            member.offeredTo = next == null ? newest + 1 : next.getKey() + 1;
            if (next != null) {
                member.ledger.give(new LaneLoan(this, member, next.getValue()));
            }
        }
        return true;
    }
}
