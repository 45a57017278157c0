package dev.tidings.sim.actors;

import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.engine.Partition;
import dev.tidings.engine.RetentionRules;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.Unavailable;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import dev.tidings.sim.node.Machine;
import dev.tidings.sim.node.Mischief;
import dev.tidings.sim.node.Node;
import dev.tidings.sim.node.Witness;
import dev.tidings.sim.step.Life;
import dev.tidings.sim.step.Scheduler;
import dev.tidings.sim.step.Trace;
import dev.tidings.sim.truth.Audit;
import dev.tidings.sim.truth.Truth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A machine, a process on it, and all who have to do with it: everything that happens follows from the seed.
public final class World implements Witness {
    private static final long MOST_STEPS = 3_000_000;

    private final SplittableRandom random;
    private final Scheduler scheduler;
    private final Trace trace;
    private final Machine machine;
    private final Truth truth;
    private final Life outside;
    private final Line line;
    private final Plan plan;
    private final Sinks sinks = new Sinks();
    private final List<RetentionRules> rules = new ArrayList<>();
    private final List<CompletableFuture<Void>> busy = new ArrayList<>();
    private CompletableFuture<Node> up = new CompletableFuture<>();
    private @Nullable Node node;
    private boolean hurt;
    private boolean full;
    private boolean grantsChanged;
    private boolean starts;
    private boolean done;

    /// @param reader told what happens; null: nobody is
    public World(long seed, Mischief mischief, @Nullable Consumer<String> reader) {
        random = new SplittableRandom(seed);
        scheduler = new Scheduler(random.split());
        trace = new Trace(scheduler, reader);
        machine = new Machine(scheduler, trace, random.split(), mischief);
        outside = new Life(scheduler);
        line = new Line(scheduler, outside, random.split());
        plan = Plan.random(random.split());
        truth = new Truth(scheduler, trace, machine.clock(), new Truth.Queue(Plan.QUEUE, plan.queueReader()));
        plan.groups().forEach(group -> trace.note(group.toString()));
    }

    /// Lives through it. What it throws says what went wrong, at which step.
    public void live() {
        start();
        outside.start("story", new Story(this, machine, random.split())::tell);
        while (!done && scheduler.step()) {
            lookAfterTheProcess();
            if (scheduler.steps() > MOST_STEPS) {
                scheduler.fail(new IllegalStateException("the world does not come to rest"));
            }
        }
        if (node != null) {
            node.life().dissolve();
        }
        Throwable failure = scheduler.failure();
        if (failure == null && !done) {
            failure = new IllegalStateException("everybody waits, and nothing happens any more");
        }
        if (failure != null) {
            throw new Broken(scheduler.steps(), failure);
        }
    }

    /// What happened, as one number.
    public long hash() {
        return trace.hash();
    }

    public long steps() {
        return scheduler.steps();
    }

    private void start() {
        node = machine.start(this, sinks);
    }

    private void lookAfterTheProcess() {
        Node current = node;
        if (current != null && current.life().isOver() && !starts) {
            starts = true;
            up = up.isDone() ? new CompletableFuture<>() : up;
            current.bury();
            machine.recover();
            hurt = false;
            outside.after(Duration.ofMillis(random.nextInt(500)), () -> {
                starts = false;
                start();
            });
        }
    }

    /// What the machine's clock shows.
    long millis() {
        return machine.clock().millis();
    }

    Plan plan() {
        return plan;
    }

    Truth truth() {
        return truth;
    }

    Trace trace() {
        return trace;
    }

    Line line() {
        return line;
    }

    Sinks sinks() {
        return sinks;
    }

    /// The time since the beginning.
    long nanos() {
        return scheduler.nanos();
    }

    /// Something happens outside of the process, after this time.
    void elsewhere(Duration later, Runnable what) {
        outside.after(later, () -> outside.start("elsewhere", what));
    }

    void done() {
        done = true;
    }

    /// The process that takes requests; waits where there is none.
    Node nodeUp() {
        while (true) {
            Node current = node;
            if (current != null && current.isUp() && !starts) {
                return current;
            }
            if (up.isDone() && up.join() == current) {
                up = new CompletableFuture<>();
            }
            var _ = up.join();
        }
    }

    /// Lets an actor do nothing for up to so long.
    void rest(SplittableRandom of, int millis) {
        outside.sleep(Duration.ofMillis(1 + of.nextInt(millis)));
    }

    /// Waits until nothing is reserved for a process any more.
    void outwaitReservations() {
        outside.sleep(Opening.Patience.RESERVE);
    }

    /// Waits until everything is due that was released.
    void outwaitReleases() {
        long millis = truth.untilAllIsDue();
        while (millis > 0) {
            outside.sleep(Duration.ofMillis(millis + 1));
            millis = truth.untilAllIsDue();
        }
    }

    /// Somebody does this meanwhile.
    void alongside(Actor actor) {
        CompletableFuture<Void> finished = new CompletableFuture<>();
        busy.add(finished);
        outside.start("actor", () -> {
            actor.act();
            finished.complete(null);
        });
    }

    /// This goes on for as long as anybody is busy.
    void weather(Actor actor) {
        outside.start("weather", actor::act);
    }

    /// Waits until nobody is busy.
    void awaitRest() {
        for (int i = 0; i < busy.size(); i++) {
            busy.get(i).join();
        }
    }

    void kill() {
        if (node != null) {
            node.life().end();
        }
    }

    void hurts() {
        hurt = true;
    }

    /// Whether the disk was told to fail since the process started.
    boolean isHurt() {
        return hurt;
    }

    /// Whether its disk may fail, or has no space.
    boolean isUnwell() {
        return hurt || full;
    }

    void fills(boolean isFull) {
        full = isFull;
    }

    void changesGrant(ClientName client, String type) {
        grantsChanged = true;
        truth.unsteady(client, type);
    }

    boolean hasChangedGrants() {
        return grantsChanged;
    }

    /// On a thread of the process.
    void audit(Node of) {
        List<RetentionRules> lately = List.copyOf(rules);
        rules.clear();
        rules.add(rulesInForce(of.broker().catalogs().current()));
        try {
            new Audit(truth, of).run(lately);
        } catch (CompletionException e) {
            boolean expected = e.getCause() instanceof Unavailable && (hurt || of.isStopping());
            truth.expect(expected, "what is stored can be read", e.toString());
        }
    }

    private static RetentionRules rulesInForce(Catalog catalog) {
        Map<EventType, RetentionRules.Rule> byType = new HashMap<>();
        catalog.types().forEach((type, entry) -> byType.put(type, entry.retention()));
        return new RetentionRules(RetentionRules.FIVE_DAYS, byType, Map.of());
    }

    @Override
    public void read(Partition partition, long first, List<StoredEvent> events) {
        truth.read(partition, first, events);
    }

    @Override
    public void up(Node started) {
        trace.note("the process is up");
        rules.add(rulesInForce(started.broker().catalogs().current()));
        started.broker().catalogs().onChange(catalog -> rules.add(rulesInForce(catalog)));
        audit(started);
        up.complete(started);
    }

    @Override
    public void storeFailed(Node of, String what) {
        trace.note("the store failed: " + what);
        truth.expect(hurt && !what.startsWith("a bug"), "a store fails with its disk only", what);
        if (of.hasFailed()) {
            of.life().after(Duration.ofMillis(random.nextInt(100)), of.life()::end);
        }
    }

    @Override
    public void cannotStart(Node of, Exception why) {
        trace.note("the process cannot start: " + why);
        truth.expect(
                hurt || full && (why instanceof IOException || why instanceof Unavailable),
                "what crashed can start again",
                why.toString());
    }
}
