package dev.tidings.node;

import dev.tidings.broker.payloads.PayloadConfig;
import dev.tidings.broker.payloads.Payloads;
import dev.tidings.engine.Corrupt;
import dev.tidings.engine.Engine;
import dev.tidings.engine.EngineObserver;
import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.RealDisk;
import dev.tidings.engine.segmented.SegmentedEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The embedded engine on a directory of this machine, and who wants to know when it fails.
final class Store implements AutoCloseable {
    private final RealDisk disk;
    private final SegmentedEngine engine;
    private final Failures failures;

    private Store(RealDisk disk, SegmentedEngine engine, Failures failures) {
        this.disk = disk;
        this.engine = engine;
        this.failures = failures;
    }

    /// Opens the store, or makes one. A [CannotStart] says why the directory cannot be used.
    static Store open(NodeConfig config, InstantSource clock, EngineObserver observer) {
        try {
            RealDisk disk = RealDisk.open(config.data());
            Failures failures = new Failures(observer);
            SegmentedEngine engine = SegmentedEngine.open(disk, config.store(), clock, failures);
            failures.engine = engine;
            return new Store(disk, engine, failures);
        } catch (CannotOpen e) {
            throw e.getCause() == null
                    ? new CannotStart(String.valueOf(e.getMessage()))
                    : new CannotStart("the directory " + config.data() + " cannot be used", e.getCause());
        } catch (IOException e) {
            throw new CannotStart("the store in " + config.data() + " cannot be opened", e);
        } catch (Corrupt corrupt) {
            throw new CannotStart("the store in " + config.data() + " is damaged, and was left as it is", corrupt);
        }
    }

    /// Opens the payloads beside the engine. A [CannotStart] says why that is not possible.
    Payloads payloads(PayloadConfig config, InstantSource clock) {
        try {
            return Payloads.open(new Payloads.Parts(engine, disk, clock, new SecureRandom()), config);
        } catch (IOException e) {
            throw new CannotStart("the payloads of the store cannot be opened", e);
        }
    }

    SegmentedEngine engine() {
        return engine;
    }

    /// Calls the listener when the engine has failed for good, on a thread that must not wait.
    void onFailure(Consumer<String> listener) {
        failures.listeners.add(listener);
    }

    @Override
    public void close() {
        engine.close();
        try {
            disk.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Tells the observer of everything, and the listeners of what the engine does not survive: it says so in its
    /// status before it tells anybody. Damage to something that was stored is none of that; the rest goes on.
    private static final class Failures implements EngineObserver {
        private final EngineObserver observer;
        private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
        private volatile @Nullable Engine engine;

        Failures(EngineObserver observer) {
            this.observer = observer;
        }

        @Override
        public void committed(int batches, int bytes, long nanos) {
            observer.committed(batches, bytes, nanos);
        }

        @Override
        public void failed(String what) {
            observer.failed(what);
            Engine failing = engine;
            if (failing != null && what.equals(failing.status().refusal())) {
                listeners.forEach(listener -> listener.accept(what));
            }
        }
    }
}
