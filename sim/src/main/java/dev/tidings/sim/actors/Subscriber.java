package dev.tidings.sim.actors;

import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.broker.subscriptions.SubscriptionOutcome;
import dev.tidings.broker.subscriptions.SubscriptionOutcome.Done;
import dev.tidings.broker.subscriptions.SubscriptionStore;
import dev.tidings.broker.subscriptions.SubscriptionStore.Target;
import dev.tidings.model.ClientName;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.GroupName;
import dev.tidings.sim.actors.Site.Mood;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.truth.SubscriptionTruth;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Subscribes, changes its mind, pauses, goes on, and unsubscribes, again and again, while its sink has its moods.
final class Subscriber implements Actor {
    private static final int ROUNDS = 2_000;
    private static final List<Mood> MOODS = List.of(Mood.values());

    private final World world;
    private final ClientName client;
    private final SplittableRandom random;
    private final String name;
    private int number;
    private @Nullable Subscribed mine;

    /// A subscription, from the first try to make it.
    private record Subscribed(Draft draft, SubscriptionTruth truth, Site site) {}

    /// What came of looking for it.
    private record Looked(Node node, @Nullable Subscription found) {}

    Subscriber(World world, ClientName client, SplittableRandom random, int number) {
        this.world = world;
        this.client = client;
        this.random = random;
        this.name = client + "s" + number;
    }

    @Override
    public void act() {
        for (int turns = random.nextInt(25); turns > 0; turns--) {
            world.rest(random, 600);
            Subscribed now = mine;
            if (now == null) {
                subscribe();
            } else if (random.nextInt(3) == 0) {
                Mood mood = MOODS.get(random.nextInt(MOODS.size()));
                world.trace().note("the sink of " + now.truth + " is " + mood);
                now.site.turns(mood);
            } else {
                act(now);
            }
        }
    }

    private void subscribe() {
        Draft draft = Draft.random(client, name + "n" + number++ + ".sim", random);
        SubscriptionTruth truth = world.truth().subscription(draft.terms());
        Site site = new Site(world, random.split(), truth);
        Subscribed now = new Subscribed(draft, truth, site);
        mine = now;
        world.sinks().add(draft.terms().host(), site);
        SubscriptionOutcome outcome = ask(now, store -> store.create(client, draft.creation()));
        if (outcome instanceof SubscriptionOutcome.Refused) {
            mine = null;
        }
    }

    private void act(Subscribed now) {
        Looked looked = look(now);
        if (looked == null) {
            return;
        }
        Subscription found = looked.found;
        if (found == null) {
            mine = now.truth.mayAppear(looked.node) ? now : null;
            return;
        }
        Target target = new Target(client, found.id(), random.nextBoolean() ? null : found.version());
        switch (random.nextInt(7)) {
            case 0, 1 -> ask(now, store -> store.pause(target, null));
            case 2, 3 -> resume(now, found);
            case 4, 5 -> change(now, target);
            default -> leave(now, target);
        }
    }

    private void resume(Subscribed now, Subscription found) {
        if (found.status().state() == State.ENDED) {
            now.site.turns(Mood.WELL);
            now.truth.beginsAnew();
        }
        ask(now, store -> store.resume(new Target(client, found.id(), null)));
    }

    private void change(Subscribed now, Target target) {
        Draft next = now.draft.changed(random);
        now.truth.asksToChange(next.wanted());
        SubscriptionOutcome outcome = ask(
                now,
                store -> store.replace(target, next.change()).whenComplete((done, _) -> {
                    if (done instanceof Done) {
                        now.truth.changed(next.wanted());
                    }
                }));
        if (outcome instanceof Done) {
            mine = new Subscribed(next, now.truth, now.site);
        }
    }

    private void leave(Subscribed now, Target target) {
        now.truth.asksToLeave();
        ask(
                now,
                store -> store.delete(target).whenComplete((done, _) -> {
                    if (done instanceof Done) {
                        now.truth.left();
                    }
                }));
    }

    /// Null: nobody knows what came of it.
    private @Nullable SubscriptionOutcome ask(
            Subscribed now, Function<SubscriptionStore, CompletionStage<SubscriptionOutcome>> what) {
        Node node = world.nodeUp();
        SubscriptionTruth.Asked token = now.truth.asks(node);
        Answer<SubscriptionOutcome> answer = world.line()
                .ask(
                        node,
                        () -> what.apply(node.broker().subscriptions()).whenComplete((outcome, failure) -> {
                            if (outcome instanceof Done(Subscription done, var _)) {
                                now.truth.answered(token, done);
                            } else if (failure == null || Answer.hasNoEffect(failure)) {
                                now.truth.refused(token);
                            } else {
                                now.truth.failed(token);
                            }
                        }));
        world.trace().note(now.truth + " is asked for: " + answer);
        if (answer instanceof Answer.Value<SubscriptionOutcome>(SubscriptionOutcome outcome)) {
            if (outcome instanceof SubscriptionOutcome.Refused(var refusal)) {
                world.truth()
                        .expect(
                                refusal.code() == ErrorCode.NOT_ALLOWED && world.hasChangedGrants()
                                        || refusal.code() == ErrorCode.VERSION_CONFLICT
                                        || refusal.code() == ErrorCode.NOT_FOUND,
                                "who may subscribe is let",
                                refusal.toString());
            }
            return outcome;
        }
        return null;
    }

    /// Null: nobody knows.
    private @Nullable Looked look(Subscribed now) {
        Node node = world.nodeUp();
        Answer<Looked> answer = world.line().ask(node, () -> {
            Looked looked = new Looked(node, find(node, now).orElse(null));
            now.truth.found(node, looked.found);
            return CompletableFuture.completedStage(looked);
        });
        return answer instanceof Answer.Value<Looked>(Looked looked) ? looked : null;
    }

    private Optional<Subscription> find(Node node, Subscribed now) {
        return node.broker().subscriptions().of(client).stream()
                .filter(subscription -> now.draft
                        .terms()
                        .host()
                        .equals(subscription.sink().uri().getHost()))
                .findFirst();
    }

    /// Its sink takes everything from now on.
    void calmsDown() {
        if (mine != null) {
            mine.site.calmsDown();
        }
    }

    /// All is well again: what its sink has to have it gets now. Nothing of it is left to do then, twice in a row: a
    /// group that is just being opened seems not to be behind.
    void finish() {
        Subscribed now = mine;
        int done = now == null ? 2 : 0;
        for (int round = 0; round < ROUNDS && done < 2; round++) {
            done = now == null || goesOn(now) ? 0 : done + 1;
            world.rest(random, 4_000);
        }
        if (done < 2 && now != null) {
            Node node = world.nodeUp();
            world.truth()
                    .expect(
                            false,
                            "what is for a subscription comes to its sink",
                            now.truth + " waits for " + now.truth.missing(node) + " and is " + status(node, now));
        }
    }

    /// All that was stored is read.
    void expectNothingLost(Node node) {
        if (mine != null) {
            mine.truth.expectNothingLost(node);
        }
    }

    /// Whether something is to be done yet.
    private boolean goesOn(Subscribed now) {
        Looked looked = look(now);
        Subscription found = looked == null ? null : looked.found;
        if (found == null) {
            return looked == null || now.truth.mayAppear(looked.node);
        }
        if (now.truth.isLeaving()) {
            leave(now, new Target(client, found.id(), null));
            return true;
        }
        if (!found.active()) {
            resume(now, found);
            return true;
        }
        return !isDone(now);
    }

    private @Nullable GroupStatus status(Node node, Subscribed now) {
        GroupName group = now.truth.group();
        return group != null
                        && world.line()
                                        .ask(
                                                node,
                                                () -> node.broker()
                                                        .consuming()
                                                        .groups()
                                                        .status(group))
                                instanceof Answer.Value<Optional<GroupStatus>>(var status)
                ? status.orElse(null)
                : null;
    }

    private boolean isDone(Subscribed now) {
        Node node = world.nodeUp();
        GroupStatus status = status(node, now);
        return now.truth.missing(node) == null && status != null && status.lagEvents() == 0;
    }
}
