package dev.tidings.callback.sink;

import dev.tidings.callback.sink.Outcome.Failed;
import dev.tidings.callback.sink.Outcome.Failure;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/// Finds the address that a request to a sink goes to. Every address of its name is judged, each time anew: names may
/// lead elsewhere a moment later, so what was judged is what is connected to.
final class Doorman {
    private final Resolver resolver;
    private final Guard guard;
    private final SinkAddress sink;
    private final AtomicInteger turned = new AtomicInteger();

    /// Where to go.
    sealed interface Way {
        record Open(InetAddress address) implements Way {}

        record Barred(Failed why) implements Way {}
    }

    Doorman(Resolver resolver, Guard guard, SinkAddress sink) {
        this.resolver = resolver;
        this.guard = guard;
        this.sink = sink;
    }

    CompletionStage<Way> way() {
        return AddressBlock.literal(sink.host())
                .<CompletionStage<List<InetAddress>>>map(address -> CompletableFuture.completedStage(List.of(address)))
                .orElseGet(() -> resolver.resolve(sink.host()))
                .handle((addresses, failure) -> failure == null && !addresses.isEmpty() ? judge(addresses) : unknown());
    }

    /// Nobody answers at the address: the next request tries the sink's next one.
    void turn() {
        turned.incrementAndGet();
    }

    private Way judge(List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            String objection = guard.objection(sink, address);
            if (objection != null) {
                return new Way.Barred(new Failed(Failure.FORBIDDEN, "must not be called: " + objection));
            }
        }
        return new Way.Open(addresses.get(Math.floorMod(turned.get(), addresses.size())));
    }

    private Way unknown() {
        return new Way.Barred(
                new Failed(Failure.UNRESOLVED, "has no address: the name " + sink.host() + " can't be resolved"));
    }
}
