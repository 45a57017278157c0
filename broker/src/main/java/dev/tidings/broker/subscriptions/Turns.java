package dev.tidings.broker.subscriptions;

import dev.tidings.model.ClientName;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Lets what is done for one client be done one after the other.
final class Turns {
    private final Map<ClientName, CompletableFuture<?>> last = new ConcurrentHashMap<>();

    /// Runs the action once what was asked for before has ended, however it did.
    <T> CompletionStage<T> take(ClientName client, Supplier<CompletionStage<T>> action) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<?> before = last.put(client, mine);
        CompletionStage<?> ready = before == null ? CompletableFuture.completedStage(null) : before;
        ready.handle((_, _) -> action.get()).thenCompose(done -> done).whenComplete((result, failure) -> {
            last.remove(client, mine);
            if (failure == null) {
                mine.complete(result);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }
}
