package dev.tidings.sim.actors;

import dev.tidings.broker.consuming.Outlet;
import dev.tidings.model.Delivery;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.Member;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes what is pushed to an instance.
final class Receiver implements Outlet {
    private final World world;
    private final Node node;
    private @Nullable Member member;

    Receiver(World world, Node node) {
        this.world = world;
        this.node = node;
    }

    void serves(Member instance) {
        member = instance;
    }

    @Override
    public void deliver(List<Delivery> deliveries) {
        Objects.requireNonNull(member).delivered(deliveries);
    }

    @Override
    public void ended(Ending ending) {
        world.trace().note(member + " is ended: " + ending);
        boolean expected = switch (ending) {
            case REVOKED -> world.hasChangedGrants();
            case DRAINING -> true;
            case FAILED -> world.isHurt() || node.isStopping();
        };
        world.truth().expect(expected, "nobody is sent away without a reason", member + " was: " + ending);
        if (member != null) {
            member.ends();
        }
    }
}
