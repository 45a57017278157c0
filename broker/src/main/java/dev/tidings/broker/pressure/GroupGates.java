package dev.tidings.broker.pressure;

import dev.tidings.broker.dispatch.Gate;
import dev.tidings.broker.dispatch.Gates;
import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.broker.loop.Loop;
import dev.tidings.model.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The gates of one group: its claims to the types with limits that it reads while it has instances. Belongs to its
/// client's loop.
public final class GroupGates implements Gates {
    private final Throttles throttles;
    private final Claim.Owner owner;
    private final Map<EventType, Claim> claims = new HashMap<>();

    /// @param wake has the group look again; may be called by any thread
    public GroupGates(Throttles throttles, Loop loop, Runnable wake) {
        this.throttles = throttles;
        this.owner = new Claim.Owner(loop, wake);
    }

    @Override
    public @Nullable Gate of(EventType type) {
        return claims.isEmpty() ? null : claims.get(type);
    }

    /// Has gates for those of these types that have limits now, and for no others. What had passed one that is no
    /// more need not leave it.
    ///
    /// @param dispatch hears when there are others than before
    public void select(Set<EventType> types, GroupDispatch dispatch) {
        if (throttles.isEmpty() && claims.isEmpty()) {
            return;
        }
        boolean closed = claims.values().removeIf(claim -> {
            TypeThrottle throttle = throttles.of(claim.throttle.type());
            boolean gone = throttle != claim.throttle || !types.contains(claim.throttle.type());
            if (gone) {
                claim.close();
            }
            return gone;
        });
        boolean opened = false;
        for (EventType type : types) {
            TypeThrottle throttle = throttles.of(type);
            if (throttle != null && !claims.containsKey(type)) {
                claims.put(type, throttle.open(owner));
                opened = true;
            }
        }
        if (opened || closed) {
            dispatch.gatesChanged(!claims.isEmpty());
            owner.wake().run();
        }
    }

    /// What holds back events of this group; of those that wait, the type with most of them first.
    public List<Throttled> throttled() {
        return claims.values().stream()
                .map(claim -> claim.throttle.throttled(claim))
                .filter(throttled -> throttled.waiting() > 0)
                .sorted()
                .toList();
    }
}
