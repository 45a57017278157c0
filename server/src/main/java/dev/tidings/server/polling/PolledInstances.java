package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Outlet;
import dev.tidings.model.Caller;
import dev.tidings.model.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The instances of this node that are polled, by their names. May be used by any thread.
///
/// Their silence is counted in sweeps, not by a clock: what a client called while this process stood still (halted, a
/// machine suspended, a long collection) waits in its socket, and the first sweep afterwards must not be too late for
/// it.
public final class PolledInstances {
    private static final Logger LOG = LoggerFactory.getLogger(PolledInstances.class);

    private static final int SWEEPS = 20;

    private final Map<String, PolledInstance> instances = new ConcurrentHashMap<>();

    /// None yet.
    public PolledInstances() {}

    /// How often to sweep, so that instances end after that long without a call, or up to a twentieth later.
    public static Duration sweepEvery(Duration expiry) {
        return Duration.ofMillis(Math.max(1, expiry.toMillis() / SWEEPS));
    }

    /// How many there are.
    public int count() {
        return instances.size();
    }

    /// Ends those that nobody has called for too long. To be called regularly, see [#sweepEvery].
    public void sweep() {
        instances.forEach((name, instance) -> {
            if (instance.swept() > SWEEPS) {
                remove(name);
            }
        });
    }

    /// Ends all of them. Completes once what they confirmed is stored.
    public CompletionStage<Void> drain() {
        return CompletableFuture.allOf(instances.keySet().stream()
                .map(name -> remove(name).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /// Where the events of an instance go that is about to be opened: nowhere, since it asks for them.
    Place place() {
        return new Place();
    }

    /// The instance of that name, if it is the caller's; the call that wants it begins.
    @Nullable
    PolledInstance call(String name, String group, Caller caller) {
        PolledInstance instance = instances.get(name);
        if (instance == null || !instance.belongsTo(caller.client(), group)) {
            return null;
        }
        instance.called();
        return instance;
    }

    /// Whether that instance is still the one of that name.
    boolean has(String name, PolledInstance instance) {
        return instances.get(name) == instance;
    }

    /// A call has ended.
    void answered(PolledInstance instance) {
        instance.answered();
    }

    /// Ends the instance, if it is there. Completes once what it confirmed is stored.
    CompletionStage<Void> remove(String name) {
        PolledInstance instance = instances.remove(name);
        return instance == null ? CompletableFuture.completedStage(null) : instance.close();
    }

    /// The outlet of one polled instance.
    final class Place implements Outlet {
        private @Nullable String name;
        private boolean ended;

        private Place() {}

        /// The instance is open, and can be called from now on.
        synchronized void take(Instance instance, Caller caller, String group) {
            if (!ended) {
                name = instance.id();
                instances.put(instance.id(), new PolledInstance(instance, caller.client(), group));
            }
        }

        @Override
        public void deliver(List<Delivery> deliveries) {
            throw new IllegalStateException("a polled instance was given events it did not ask for");
        }

        @Override
        public synchronized void ended(Ending ending) {
            LOG.debug("The broker ended instance {}: {}", name, ending);
            ended = true;
            if (name != null) {
                instances.remove(name);
            }
        }
    }
}
