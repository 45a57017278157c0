package dev.tidings.server.fake;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.broker.consuming.Opening;
import dev.tidings.broker.consuming.Outlet;
import dev.tidings.model.Caller;
import dev.tidings.model.Refusal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens instances that a test then plays the broker for; as a broker does, on threads of its own.
public final class FakeInstances implements Instances {
    private final BlockingQueue<FakeInstance> opened = new LinkedBlockingQueue<>();
    public volatile @Nullable Refusal refusal;

    /// Opening lasts until a test completes this.
    public volatile CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Opened> open(Caller caller, Opening opening, Outlet outlet) {
        Refusal why = refusal;
        if (why != null) {
            return CompletableFuture.supplyAsync(() -> new Opened.Refused(why));
        }
        FakeInstance instance = new FakeInstance(caller, opening, outlet);
        opened.add(instance);
        Instance handle = instance;
        return ready.thenApplyAsync(_ -> new Opened.Open(handle));
    }

    /// The next instance that somebody opened; waits for it.
    public FakeInstance next() {
        return take(opened);
    }

    static <T> T take(BlockingQueue<T> queue) {
        try {
            T taken = queue.poll(10, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("nothing came within 10 s");
            }
            return taken;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
