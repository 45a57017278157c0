package dev.tidings.sim.actors;

import dev.tidings.broker.catalog.Applied;
import dev.tidings.broker.catalog.Proposal;
import dev.tidings.broker.dead.DeadEvent;
import dev.tidings.broker.dead.DeadFilter;
import dev.tidings.broker.dead.DeadOutcome;
import dev.tidings.broker.dead.DeadPage;
import dev.tidings.broker.dead.Resubmission;
import dev.tidings.broker.dead.Resubmission.Content;
import dev.tidings.broker.dead.Resubmission.Target;
import dev.tidings.broker.lanes.LaneStreams;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.model.GroupName;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.Sent;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/// Changes the catalog, looks after dead events, has old events removed, and restarts the process in good order.
final class Administrator implements Actor {
    private static final int TRIES = 200;

    private final World world;
    private final SplittableRandom random;
    private final Wishes wishes;
    private final Writing writing;

    Administrator(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
        this.wishes = new Wishes(world.plan(), random.split());
        this.writing = new Writing(random.split(), "admin");
    }

    /// Lets everybody in.
    void begin() {
        String text = wishes.text();
        for (int i = 0; i < TRIES; i++) {
            if (apply(text) instanceof Answer.Value<Applied>) {
                return;
            }
            world.rest(random, 200);
        }
        world.truth().expect(false, "a catalog can be applied", TRIES + " times it could not");
    }

    @Override
    public void act() {
        int turns = random.nextInt(12);
        for (int i = 0; i < turns; i++) {
            world.rest(random, 1_000);
            switch (random.nextInt(8)) {
                case 0, 1 -> change();
                case 2, 3, 4 -> lookAfterDeadEvents();
                case 5, 6 -> sweep();
                default -> restart();
            }
        }
    }

    private void change() {
        for (String touched : wishes.change()) {
            String[] names = touched.split(" ", 2);
            world.changesGrant(new ClientName(names[0]), names[1]);
        }
        var _ = apply(wishes.text());
    }

    private Answer<Applied> apply(String text) {
        Node node = world.nodeUp();
        Answer<Applied> answer =
                world.line().ask(node, () -> node.broker().catalogs().apply(Proposal.of(text, "admin")));
        world.trace().note("a catalog is applied: " + answer);
        if (answer instanceof Answer.Value<Applied>(Applied applied)) {
            world.truth()
                    .expect(
                            applied instanceof Applied.Changed || applied instanceof Applied.Unchanged,
                            "a good catalog is accepted",
                            applied.toString());
        }
        return answer;
    }

    void sweep() {
        Node node = world.nodeUp();
        var _ = world.line().ask(node, () -> {
            world.audit(node);
            world.truth().sweeps();
            node.engine().log().sweep();
            sweepPayloads(node);
            world.audit(node);
            return CompletableFuture.completedStage(true);
        });
        world.trace().note("a sweep is over");
    }

    private void sweepPayloads(Node node) {
        try {
            node.payloads().sweep();
        } catch (IOException e) {
            world.truth().expect(world.isUnwell(), "a disk fails only where it is told to", e.toString());
        }
    }

    private void restart() {
        Node node = world.nodeUp();
        world.trace().note("the process is stopped");
        node.stop();
    }

    private void lookAfterDeadEvents() {
        Node node = world.nodeUp();
        Answer<DeadPage> page =
                world.line().ask(node, () -> node.broker().dead().list(DeadFilter.ALL, null, 20));
        if (page instanceof Answer.Value<DeadPage>(DeadPage(List<DeadEvent> events, var _)) && !events.isEmpty()) {
            DeadEvent dead = events.get(random.nextInt(events.size()));
            if (random.nextInt(4) == 0) {
                note(
                        dead,
                        "discarded",
                        world.line().ask(node, () -> node.broker().dead().discard(dead.id())));
            } else {
                resubmit(node, dead);
            }
        }
    }

    private void note(DeadEvent dead, String how, Answer<DeadOutcome> answer) {
        world.trace().note("the dead " + dead.id() + " is " + how + ": " + answer);
    }

    private void resubmit(Node node, DeadEvent dead) {
        Target target = random.nextBoolean() ? Target.STREAM : Target.GROUP;
        boolean ofTestLane = dead.envelope().original() != null
                && dead.envelope().original().partition().stream().internal()
                && !dead.envelope().original().partition().stream()
                        .equals(LaneStreams.resubmitted(dead.envelope().report().group()));
        if (ofTestLane || random.nextInt(3) == 0) {
            asItIs(node, dead, target);
        } else {
            edited(node, dead, target);
        }
    }

    private void asItIs(Node node, DeadEvent dead, Target target) {
        Sent event =
                world.truth().find(String.valueOf(dead.envelope().identity().id()));
        Content content = new Content.Original();
        event.isAmbiguous();
        world.truth().attempted(event);
        note(
                dead,
                "resubmitted",
                world.line()
                        .ask(node, () -> node.broker().dead().resubmit(dead.id(), new Resubmission(content, target))));
    }

    private void edited(Node node, DeadEvent dead, Target target) {
        GroupName group = dead.envelope().report().group();
        EventType type = dead.envelope().type();
        Sent event = world.truth()
                .single(writing.event(
                        type,
                        target == Target.GROUP
                                ? new Sent.Way(LaneStreams.resubmitted(group), false, group)
                                : new Sent.Way(type.stream(), false, null)));
        Content content = new Content.Edited(Writing.submission(List.of(event)));
        world.truth().attempted(event);
        Answer<DeadOutcome> answer = world.line()
                .ask(node, () -> node.broker().dead().resubmit(dead.id(), new Resubmission(content, target)));
        note(dead, "resubmitted as " + event.id(), answer);
        if (answer instanceof Answer.Value<DeadOutcome>(DeadOutcome.Done _)) {
            world.truth().acknowledged(event);
        }
    }
}
