package dev.tidings.spring;

import dev.tidings.client.Bus;
import dev.tidings.client.Listener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/// All methods with [TidingsListener]. They begin to listen when everything else of the program is there, the web
/// server included, and have ended before anything else of it ends. May be used by any thread.
public final class TidingsListeners implements SmartInitializingSingleton, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TidingsListeners.class);

    private final Bus bus;
    private final ListenerScan scan;
    private final Executor closing = new SimpleAsyncTaskExecutor("tidings-closing-");
    private final Map<String, Listener> listening = new LinkedHashMap<>();
    private Map<String, ListenerScan.Found> found = Map.of();
    private boolean running;

    TidingsListeners(Bus bus, ListenerScan scan) {
        this.bus = bus;
        this.scan = scan;
    }

    /// Looks for the methods, so that a program with one that can't listen does not start.
    @Override
    public synchronized void afterSingletonsInstantiated() {
        found = scan.find();
    }

    /// The names of all, whether they listen or not.
    public synchronized Set<String> names() {
        return Set.copyOf(found.keySet());
    }

    /// Lets all listen that are not to wait for [#start(String)].
    @Override
    public synchronized void start() {
        running = true;
        found.forEach((name, one) -> {
            if (one.autoStartup()) {
                start(name);
            }
        });
    }

    /// Lets one listen; it may do so already.
    ///
    /// @throws IllegalArgumentException where there is none of that name
    public synchronized void start(String name) {
        ListenerScan.Found one = found(name);
        listening.computeIfAbsent(name, absent -> bus.listen(one.listening(), one.handler()));
    }

    /// Begins nothing more, and waits for what it is at; see [Listener#close].
    ///
    /// @throws IllegalArgumentException where there is none of that name
    public void stop(String name) {
        Listener ending;
        synchronized (this) {
            found(name);
            ending = listening.remove(name);
        }
        if (ending != null) {
            ending.close();
        }
    }

    /// Ends all at the same time.
    @Override
    public void stop() {
        List<Listener> ending;
        synchronized (this) {
            running = false;
            ending = new ArrayList<>(listening.values());
            listening.clear();
        }
        CompletableFuture.allOf(ending.stream()
                        .map(listener -> CompletableFuture.runAsync(listener::close, closing))
                        .toArray(CompletableFuture[]::new))
                .exceptionally(failure -> {
                    LOG.warn("a listener has not ended in good order", failure);
                    return null;
                })
                .join();
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    private ListenerScan.Found found(String name) {
        ListenerScan.Found one = found.get(name);
        if (one == null) {
            throw new IllegalArgumentException("no @TidingsListener is named '" + name + "'; there are " + names());
        }
        return one;
    }
}
