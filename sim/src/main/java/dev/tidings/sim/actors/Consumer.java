package dev.tidings.sim.actors;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.broker.publishing.Published;
import dev.tidings.model.Caller;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Lane;
import dev.tidings.sim.actors.Plan.GroupPlan;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.GroupTruth;
import dev.tidings.sim.truth.Member;
import dev.tidings.sim.truth.Sent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A client's instance, again and again: opens it, takes what it wants, confirms some of it, rightly and wrongly,
/// reports some dead, stalls, closes it or vanishes.
final class Consumer implements Actor {
    private static final int BEYOND = 1_000_000;

    private final World world;
    private final GroupPlan plan;
    private final SplittableRandom random;
    private final Writing writing;

    Consumer(World world, GroupPlan plan, SplittableRandom random, int number) {
        this.world = world;
        this.plan = plan;
        this.random = random;
        this.writing = new Writing(random.split(), plan.name().client().value() + "t" + number);
    }

    @Override
    public void act() {
        for (int turns = world.plan().turns(); turns > 0; ) {
            world.rest(random, 200);
            turns -= 2;
            Seat seat = open(lanes());
            if (seat != null) {
                turns -= use(seat, 1 + random.nextInt(20));
            }
        }
    }

    private Set<Lane> lanes() {
        Set<Lane> lanes = EnumSet.of(Lane.EVENTS);
        if (random.nextInt(3) == 0) {
            lanes.add(Lane.TEST);
        }
        if (random.nextInt(5) == 0) {
            lanes.add(Lane.DEAD);
        }
        return lanes;
    }

    /// An instance that is open, or null.
    @Nullable
    Seat open(Set<Lane> lanes) {
        Node node = world.nodeUp();
        GroupTruth group = world.truth().group(plan.name());
        Opening opening = plan.with(lanes, random.nextBoolean() ? null : "p" + random.nextInt(3), backOff());
        Receiver receiver = new Receiver(world, node);
        group.asksToOpen(opening);
        Answer<Opened> answer = world.line()
                .ask(
                        node,
                        () -> node.broker()
                                .consuming()
                                .open(new Caller(plan.name().client()), opening, receiver));
        if (answer instanceof Answer.Value<Opened>(Opened.Open(Instance instance))) {
            Integer inflight = opening.inflight();
            Member member = new Member(node, group, inflight == null ? Integer.MAX_VALUE / 2 : inflight);
            world.trace().note(member + " opens with " + lanes);
            group.opened(node);
            receiver.serves(member);
            node.onEnd(member::ends);
            return new Seat(world, instance, member, opening.patience());
        }
        if (answer instanceof Answer.Value<Opened>(Opened.Refused(var refusal))) {
            world.truth()
                    .expect(
                            refusal.code() == ErrorCode.NOT_ALLOWED && world.hasChangedGrants()
                                    || refusal.code() == ErrorCode.NOT_READY,
                            "who may consume is let in",
                            refusal.toString());
        }
        return null;
    }

    private int use(Seat seat, int turns) {
        boolean polling = random.nextBoolean();
        for (int i = 0; i < turns && !seat.member().isGone(); i++) {
            switch (random.nextInt(13)) {
                case 0, 1, 2, 3 -> want(seat, polling);
                case 4, 5, 6 -> seat.confirm(seat.member().last() - random.nextInt(3));
                case 7 -> seat.confirm(random.nextLong(seat.member().last() + 1));
                case 8 -> bury(seat);
                case 9 -> wrong(seat);
                case 10 -> test();
                case 11 -> release(seat);
                default -> world.rest(random, 1_500);
            }
            world.rest(random, 40);
        }
        if (random.nextBoolean()) {
            seat.close();
        } else {
            seat.vanish();
        }
        return turns;
    }

    private void want(Seat seat, boolean polling) {
        if (!polling) {
            seat.instance().grant(1 + random.nextInt(2_000));
        } else if (random.nextInt(6) == 0) {
            world.alongside(() -> seat.poll(1 + random.nextInt(10), random.nextInt(300), false));
            seat.poll(1 + random.nextInt(10), random.nextInt(300), false);
        } else {
            seat.poll(1 + random.nextInt(10), random.nextInt(300), random.nextInt(8) == 0);
        }
    }

    private void bury(Seat seat) {
        List<Long> offsets = seat.member().held().entrySet().stream()
                .filter(entry -> entry.getValue().lane() == Lane.EVENTS)
                .map(Map.Entry::getKey)
                .toList();
        if (!offsets.isEmpty()) {
            seat.bury(offsets.get(random.nextInt(offsets.size())), random.nextBoolean());
        }
    }

    /// Not where a report of it is on its way: nobody knows whether it is held.
    private void release(Seat seat) {
        List<Long> offsets = List.copyOf(seat.member().held().keySet());
        if (!offsets.isEmpty() && !seat.member().hasReported()) {
            seat.release(offsets.get(random.nextInt(offsets.size())), delay());
        }
    }

    private @Nullable Duration delay() {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1 -> Duration.ZERO;
            case 2 -> Duration.ofMillis(random.nextInt(60_000));
            default -> Duration.ofMillis(random.nextInt(2_000));
        };
    }

    private @Nullable Duration backOff() {
        return random.nextInt(3) == 0 ? Duration.ofMillis(1 + random.nextInt(1_000)) : null;
    }

    private void wrong(Seat seat) {
        Answer<Settlement> answer = world.line()
                .await(
                        seat.member().nodeAsked(),
                        seat.instance().confirm(seat.member().last() + BEYOND));
        if (answer instanceof Answer.Value<Settlement>(Settlement settlement)) {
            world.truth()
                    .expect(
                            settlement != Settlement.DONE && settlement != Settlement.UNMATCHED,
                            "nobody confirms what was never delivered",
                            seat.member() + ": " + settlement);
        }
    }

    private void test() {
        var type = Plan.TYPES.get(random.nextInt(Plan.TYPES.size()));
        var lane = LaneStreams.test(plan.name().client());
        Sent event = world.truth().single(writing.event(type, new Sent.Way(lane, true, null)));
        Node node = world.nodeUp();
        world.truth().attempted(event);
        Answer<Published> answer = world.line()
                .ask(
                        node,
                        () -> node.broker()
                                .publishing()
                                .publishTest(new Caller(plan.name().client()), Writing.submission(List.of(event))));
        world.trace().note(plan.name().client() + " tests " + event + ": " + answer);
        if (answer instanceof Answer.Value<Published>(Published.Accepted _)) {
            world.truth().acknowledged(event);
        }
    }
}
