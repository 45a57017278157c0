package dev.tidings.sim.node;

import dev.tidings.broker.Broker;
import dev.tidings.broker.BrokerParts;
import dev.tidings.broker.catalog.Catalog;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.broker.publishing.PublishObserver;
import dev.tidings.broker.subscriptions.Outbound;
import dev.tidings.broker.subscriptions.Seal;
import dev.tidings.callback.delivery.DeliveryObserver;
import dev.tidings.callback.delivery.Stations;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.EngineWithLog;
import dev.tidings.engine.Unavailable;
import dev.tidings.engine.segmented.SegmentedEngine;
import dev.tidings.engine.segmented.Threads;
import dev.tidings.engine.segmented.World;
import dev.tidings.engine.testkit.disk.FaultyDisk;
import dev.tidings.model.ClientName;
import dev.tidings.sim.step.Life;
import dev.tidings.sim.step.SteppedLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A process that runs the broker: the real one, over the real embedded engine.
public final class Node {
    private static final int LOOPS = 2;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Machine machine;
    private final Life life;
    private final Around around;
    private final List<SteppedLoop> loops = new ArrayList<>();
    private final Catalog[] known = new Catalog[LOOPS];
    private final List<Runnable> onEnd = new ArrayList<>();
    private boolean stopping;
    private @Nullable SegmentedEngine store;
    private @Nullable Engine engine;
    private @Nullable Broker broker;
    private @Nullable SteppedLoop callbackLoop;
    private @Nullable Stations stations;
    private @Nullable Payloads payloads;

    /// What a process has around it.
    record Around(Witness witness, SinkNetwork sinks) {}

    Node(Machine machine, FaultyDisk disk, Around around) {
        this.machine = machine;
        this.around = around;
        this.life = new Life(machine.scheduler);
        life.start("boot", () -> boot(disk));
    }

    public Life life() {
        return life;
    }

    public boolean isUp() {
        return broker != null && !life.isOver();
    }

    public Broker broker() {
        return Objects.requireNonNull(broker);
    }

    public Payloads payloads() {
        return Objects.requireNonNull(payloads);
    }

    /// The engine as it is, whatever the broker is given.
    public Engine engine() {
        return Objects.requireNonNull(engine);
    }

    /// The catalog as the loop of this client has taken it over.
    public Catalog known(ClientName client) {
        return known[loop(client)];
    }

    public boolean hasFailed() {
        return store != null && store.failed();
    }

    public boolean isStopping() {
        return stopping;
    }

    /// Runs the task when the process is gone; at once where it is.
    public void onEnd(Runnable task) {
        if (life.isOver()) {
            task.run();
        } else {
            onEnd.add(task);
        }
    }

    /// Tells those who wait that the process is gone.
    public void bury() {
        life.dissolve();
        onEnd.forEach(Runnable::run);
        onEnd.clear();
    }

    /// Runs a task on the loop of a client, behind what is queued there, on a thread of this process.
    public void onLoop(ClientName client, Runnable task) {
        loops.get(loop(client)).execute(task);
    }

    /// Runs a task on the loop that decides what sinks are sent, behind what is queued there.
    public void onCallbackLoop(Runnable task) {
        Objects.requireNonNull(callbackLoop).execute(task);
    }

    /// Is asked to end in good order.
    public void stop() {
        stopping = true;
        life.start("stop", this::ends);
    }

    private void ends() {
        broker().streams().drain();
        Objects.requireNonNull(stations).drain(GRACE).toCompletableFuture().join();
        broker().consuming().drain().toCompletableFuture().join();
        Objects.requireNonNull(store).close();
        life.end();
        Life.stop();
    }

    private void boot(FaultyDisk disk) {
        try {
            MachineDisk seen = new MachineDisk(machine, disk, life);
            World world = new World(machine.clock, new Observer(), machine.random.split()::nextLong, new LifeThreads());
            SegmentedEngine opened = SegmentedEngine.open(seen, machine.sizes.engine(), world);
            store = opened;
            engine = new EngineWithLog(opened, new WatchedLog(opened.log(), around.witness::read));
            open(payloads(seen, machine.mischief.of(engine)));
        } catch (IOException | Corrupt | Unavailable e) {
            around.witness.cannotStart(this, e);
            life.end();
            Life.stop();
        }
        around.witness.up(this);
    }

    private Payloads payloads(MachineDisk seen, Engine over) throws IOException {
        Payloads opened = Payloads.open(
                new Payloads.Parts(over, seen, machine.clock, machine.random.split()), machine.sizes.payloads());
        payloads = opened;
        return opened;
    }

    private void open(Payloads kept) {
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new SteppedLoop(life, "loop-" + i, machine.random.split()));
        }
        Broker made = Broker.open(
                new BrokerParts(
                        kept.engine(),
                        client -> loops.get(loop(client)),
                        client -> loops.get(loop(client)),
                        task -> life.start("worker", task),
                        machine.clock,
                        machine.scheduler::nanos,
                        new SeededRandom(machine.random.split()),
                        PublishObserver.NONE,
                        new Outbound(
                                new Seal(new byte[Seal.KEY_BYTES], new SeededRandom(machine.random.split())),
                                _ -> null),
                        kept),
                machine.sizes.broker());
        Arrays.fill(known, made.catalogs().current());
        made.catalogs().onChange(this::tellLoops);
        broker = made;
        stations = call(made);
    }

    private Stations call(Broker made) {
        SteppedLoop loop = new SteppedLoop(life, "callback", machine.random.split());
        callbackLoop = loop;
        return Stations.open(new Stations.Parts(
                made.subscriptions(),
                made.consuming().own(),
                _ -> loop,
                (subscription, _, _) -> machine.mischief.of(around.sinks.channel(this, subscription)),
                machine.sizes.callbacks(),
                DeliveryObserver.NONE,
                machine.clock,
                machine.scheduler::nanos,
                machine.random.split()));
    }

    /// Behind the broker's own tasks, since it has listened before.
    private void tellLoops(Catalog catalog) {
        for (int i = 0; i < LOOPS; i++) {
            int loop = i;
            loops.get(i).execute(() -> known[loop] = catalog);
        }
    }

    private static int loop(ClientName client) {
        return Math.floorMod(client.hashCode(), LOOPS);
    }

    /// A world sweeps by hand: it must look before.
    private final class LifeThreads implements Threads {
        @Override
        public Thread unstarted(String name, Runnable what) {
            return life.unstarted(name, what);
        }

        @Override
        public Ticking every(Duration interval, Runnable what) {
            return () -> {};
        }
    }

    private final class Observer implements EngineObserver {
        @Override
        public void committed(int batches, int bytes, long nanos) {}

        @Override
        public void failed(String what) {
            around.witness.storeFailed(Node.this, what);
        }
    }
}
