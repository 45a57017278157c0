package dev.tidings.sim.actors;

import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.broker.pressure.TypeLoad;
import dev.tidings.model.ClientName;
import dev.tidings.model.GroupName;
import dev.tidings.model.Lane;
import dev.tidings.sim.actors.Plan.GroupPlan;
import dev.tidings.sim.node.Machine;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.GroupTruth;
import dev.tidings.sim.truth.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A world from its beginning to its end: everybody does what they do in any weather; then all is well, and what was
/// promised must come true.
final class Story {
    private static final int ROUNDS = 2_000;
    private static final int QUIET = 8;
    private static final Duration SURE = Duration.ofMinutes(30);

    private final World world;
    private final Machine machine;
    private final SplittableRandom random;
    private final List<Producer> producers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    Story(World world, Machine machine, SplittableRandom random) {
        this.world = world;
        this.machine = machine;
        this.random = random;
    }

    void tell() {
        Administrator administrator = new Administrator(world, random.split());
        Storm storm = new Storm(world, machine, random.split());
        administrator.begin();
        for (ClientName name : world.plan().producers()) {
            Producer producer = new Producer(world, name, random.split());
            producers.add(producer);
            world.alongside(producer);
        }
        int number = 0;
        for (GroupPlan group : world.plan().groups()) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                world.alongside(new Consumer(world, group, random.split(), number++));
            }
        }
        for (ClientName name : world.plan().consumers()) {
            if (random.nextBoolean()) {
                Reader reader = new Reader(world, name, random.split());
                readers.add(reader);
                world.alongside(reader);
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                Subscriber subscriber = new Subscriber(world, name, random.split(), i);
                subscribers.add(subscriber);
                world.alongside(subscriber);
            }
        }
        world.alongside(administrator);
        CompletableFuture<Void> weather = new CompletableFuture<>();
        if (random.nextInt(8) > 0) {
            world.weather(() -> {
                storm.act();
                weather.complete(null);
            });
        } else {
            weather.complete(null);
        }
        world.awaitRest();
        storm.ends();
        weather.join();
        allIsWell();
        if (random.nextBoolean()) {
            restart();
            allIsWell();
        }
        world.done();
    }

    private void restart() {
        Node node = world.nodeUp();
        world.trace().note("the process is stopped for good measure");
        node.stop();
        CompletableFuture<Void> gone = new CompletableFuture<>();
        node.onEnd(() -> gone.complete(null));
        gone.join();
    }

    private void allIsWell() {
        Node node = settledNode();
        world.line().becomesReliable();
        subscribers.forEach(Subscriber::calmsDown); // what they have in hand takes up places of others
        world.outwaitReservations();
        world.truth().clockRests(machine.longestRetry());
        world.outwaitReleases();
        producers.forEach(Producer::finish);
        Set<GroupName> drained = new HashSet<>();
        for (GroupPlan group : world.plan().groups()) {
            if (drain(node, group)) {
                drained.add(group.name());
            }
        }
        subscribers.forEach(Subscriber::finish);
        readers.forEach(Reader::finish);
        audit(node);
        subscribers.forEach(subscriber -> subscriber.expectNothingLost(node));
        long since = machine.clock().latest().minus(SURE).toEpochMilli();
        drained.forEach(group -> world.truth().testLane(group.client()).expectSettled(since));
        if (world.line().ask(node, node.broker().consuming()::statuses)
                instanceof Answer.Value<List<GroupStatus>>(List<GroupStatus> statuses)) {
            statuses.stream().filter(status -> drained.contains(status.group())).forEach(this::expectNotBehind);
        }
        node.broker().consuming().loads().forEach(this::expectNothingHeld);
        world.rest(random, 100);
        int open = node.broker().streams().readers();
        world.truth().expect(open == 0, "who has stopped reading takes no place", open + " read on");
        if (drained.contains(world.plan().queueReader())) {
            sweep(node);
            world.truth().queue().expectEmpty(node);
        }
    }

    private void expectNotBehind(GroupStatus status) {
        world.truth()
                .expect(
                        status.lagEvents() == 0 && status.inFlight() == 0 && status.waiting() == 0,
                        "a group that has settled everything is not behind",
                        status.toString());
    }

    private void expectNothingHeld(TypeLoad load) {
        world.truth()
                .expect(
                        load.held() == 0 && load.waiting() == 0,
                        "a type of which nothing is in flight has all its permits",
                        load.toString());
    }

    /// A process whose store does not fail any more for what happened before.
    private Node settledNode() {
        while (true) {
            Node node = world.nodeUp();
            world.rest(random, 1_000);
            if (node.isUp() && !node.hasFailed() && !node.isStopping()) {
                return node;
            }
        }
    }

    private void audit(Node node) {
        var _ = world.line().ask(node, () -> {
            world.audit(node);
            return CompletableFuture.completedStage(true);
        });
    }

    private void sweep(Node node) {
        var _ = world.line().ask(node, () -> {
            world.truth().sweeps();
            node.engine().log().sweep();
            return CompletableFuture.completedStage(true);
        });
    }

    /// Whether it was let in, and so has taken all that was there.
    private boolean drain(Node node, GroupPlan plan) {
        Consumer consumer = new Consumer(world, plan, random.split(), -1);
        GroupTruth group = world.truth().group(plan.name());
        Seat seat = consumer.open(Set.of(Lane.EVENTS, Lane.TEST, Lane.DEAD));
        if (seat == null) {
            return false;
        }
        boolean polling = random.nextBoolean();
        audit(node);
        int quiet = 0;
        for (int round = 0; round < ROUNDS && quiet < QUIET; round++) {
            long before = seat.member().last();
            if (polling) {
                seat.poll(20, 50, false);
            } else {
                seat.instance().grant(4_000);
                world.rest(random, 40);
            }
            seat.confirm(seat.member().last());
            quiet = seat.member().last() == before && missing(group, node) == null ? quiet + 1 : 0;
            quiet = quiet == QUIET && isBehind(node, plan.name()) ? 0 : quiet;
        }
        Sent missing = missing(group, node);
        world.truth()
                .expect(
                        missing == null && !seat.member().isGone(),
                        "what is for a group comes to it",
                        plan.name() + " waits for " + missing + " while "
                                + node.broker().consuming().loads());
        seat.close();
        return true;
    }

    /// What is for a group is not always known: where it starts at a time to come, and the clock is set back. It knows
    /// that something is left, which may come as slowly as its type allows.
    private boolean isBehind(Node node, GroupName name) {
        return world.line().ask(node, () -> node.broker().consuming().groups().status(name))
                        instanceof Answer.Value<Optional<GroupStatus>>(var status)
                && status.filter(found -> found.lagEvents() > 0).isPresent();
    }

    private static @Nullable Sent missing(GroupTruth group, Node node) {
        return group.missing(node);
    }
}
