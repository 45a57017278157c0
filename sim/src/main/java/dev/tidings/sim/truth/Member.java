package dev.tidings.sim.truth;

import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import dev.tidings.sim.node.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A consumer instance as its consumer sees it.
public final class Member {
    final Node node;
    final GroupTruth group;
    final long opened;
    private final Truth truth;
    private final int window;
    private final TreeMap<Long, Held> held = new TreeMap<>();
    private final Set<String> tested = new HashSet<>();
    private long last;
    private final Set<Long> reported = new HashSet<>();
    private int reports;
    private boolean gone;

    /// What was delivered and is not settled.
    ///
    /// @param attempts how many deliveries of it ended unconfirmed before
    public record Held(Lane lane, String id, int attempts) {}

    /// @param window how many unconfirmed deliveries it may have
    public Member(Node node, GroupTruth group, int window) {
        this.node = node;
        this.group = group;
        this.truth = group.truth;
        this.window = window;
        this.opened = truth.scheduler.steps();
    }

    /// The process whose instance it is.
    public Node nodeAsked() {
        return node;
    }

    public GroupTruth group() {
        return group;
    }

    /// The last offset delivered.
    public long last() {
        return last;
    }

    public SortedMap<Long, Held> held() {
        return held;
    }

    public boolean isGone() {
        return gone;
    }

    boolean holds(String id) {
        return held.values().stream().anyMatch(one -> one.lane == Lane.EVENTS && one.id.equals(id));
    }

    public void delivered(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (delivery.lane() == Lane.EVENTS) {
                group.handedOut(Sent.idIn(delivery.json()), delivery.attempts());
            }
            if (!gone) {
                delivered(delivery);
            }
        }
    }

    private void delivered(Delivery delivery) {
        String id = Sent.idIn(delivery.json());
        truth.trace.note("  " + this + " gets " + delivery.offset() + ": " + id + " of " + delivery.lane());
        truth.expect(
                delivery.offset() == last + 1,
                "offsets count up",
                this + " got " + delivery.offset() + " after " + last);
        last = delivery.offset();
        switch (delivery.lane()) {
            case EVENTS -> group.delivered(this, id, delivery);
            case TEST -> {
                truth.expect(tested.add(id), "a test event is offered once to an instance", this + " got " + id);
                truth.testLane(group.name.client()).delivered(this, id);
            }
            case DEAD -> group.deliveredDead(id);
        }
        held.put(last, new Held(delivery.lane(), id, delivery.attempts()));
        truth.expect(
                held.size() <= window + reports,
                "an instance has no more in flight than it asked for",
                held.size() + " of " + window);
    }

    /// Asks to confirm everything up to this offset; returns what that is.
    public List<Held> asksToConfirm(long offset) {
        List<Held> confirmed = new ArrayList<>(held.headMap(offset, true).values());
        held.headMap(offset, true).clear();
        for (Held one : confirmed) {
            switch (one.lane) {
                case EVENTS -> group.asked(this, one.id);
                case TEST -> truth.testLane(group.name.client()).asked(one.id);
                case DEAD -> {}
            }
        }
        return confirmed;
    }

    /// It is durable.
    public void confirmed(List<Held> what) {
        for (Held one : what) {
            switch (one.lane) {
                case EVENTS -> group.settled(one.id);
                case TEST -> truth.testLane(group.name.client()).settled(one.id);
                case DEAD -> {}
            }
        }
    }

    /// Nobody knows whether it is durable; the process that was asked counts it as settled.
    public void confirmedAtLeastHere(List<Held> what) {
        for (Held one : what) {
            if (one.lane == Lane.EVENTS && group.reported(one.id) == 0) {
                group.settledIn(one.id, node);
            }
        }
    }

    /// The instance had ended before.
    public void notConfirmed(List<Held> what) {
        for (Held one : what) {
            if (one.lane == Lane.EVENTS) {
                group.unasked(one.id);
            }
        }
    }

    /// Asks to bury one event.
    public void reports(long offset) {
        reports++;
        reported.add(offset);
    }

    /// Whether it has reported something that it may hold still.
    public boolean hasReported() {
        return reported.stream().anyMatch(held::containsKey);
    }

    /// Gives one back now, and what it holds of its key behind it; returns what has to wait, null where nothing has.
    public @Nullable Held releases(long offset) {
        Held one = gone ? null : held.remove(offset);
        if (one == null || one.lane != Lane.EVENTS) {
            return null;
        }
        Sent event = truth.find(one.id);
        if (event.key != null) {
            for (Map.Entry<Long, Held> later :
                    List.copyOf(held.tailMap(offset, false).entrySet())) {
                if (later.getValue().lane == Lane.EVENTS && returnsWith(event, truth.find(later.getValue().id))) {
                    held.remove(later.getKey());
                }
            }
        }
        group.returned(this, one.id);
        return one;
    }

    /// Whether one that is held goes back with another, or may: which stream an event came from that is in several,
    /// nobody knows. Then it may be settled from now on.
    private boolean returnsWith(Sent event, Sent other) {
        boolean unsure = event.ambiguous || other.ambiguous;
        boolean beside = Objects.equals(event.key, other.key) && (unsure || event.stream.equals(other.stream));
        if (beside && unsure) {
            group.asked(this, other.id);
        } else if (beside) {
            group.returned(this, other.id);
        }
        return beside;
    }

    /// What it released is due between these times.
    public Dues.Due waits(Held released, long earliestMillis, long latestMillis) {
        return group.waits(this, released.id, earliestMillis, latestMillis);
    }

    /// It is buried.
    public void buried(long offset) {
        held.remove(offset);
    }

    /// What was delivered from this offset on never reached it.
    public void unread(long first) {
        List<Held> back = new ArrayList<>(held.tailMap(first, true).values());
        held.tailMap(first, true).clear();
        last = Math.min(last, first - 1);
        back.forEach(one -> {
            if (one.lane == Lane.EVENTS) {
                group.returned(this, one.id);
            } else {
                tested.remove(one.id);
            }
        });
    }

    /// It takes nothing any more; what it holds goes back.
    public void ends() {
        if (!gone) {
            gone = true;
            group.ended(this);
        }
    }

    @Override
    public String toString() {
        return group.name + "#" + opened;
    }
}
