package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.broker.dispatch.Pending;
import dev.tidings.engine.Batch;
import dev.tidings.engine.Partition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Settles a dying event of a group together with the report that keeps it.
final class Burial implements Rider {
    private final Place place;
    private final Batch batch;
    private final Consumer<Pending> otherwise;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /// The event, and where it lies.
    record Place(GroupDispatch dispatch, Partition partition, Pending event) {}

    /// @param otherwise what becomes of the event where the report can't be stored
    Burial(Place place, Batch batch, Consumer<Pending> otherwise) {
        this.place = place;
        this.batch = batch;
        this.otherwise = otherwise;
    }

    /// Completes when the report is durable; exceptionally where it could not be stored.
    CompletionStage<Void> done() {
        return done;
    }

    @Override
    public Partition partition() {
        return place.partition();
    }

    @Override
    public Batch batch() {
        return batch;
    }

    @Override
    public void stored() {
        place.dispatch().bury(place.event());
        done.complete(null);
    }

    @Override
    public void failed(Throwable failure) {
        otherwise.accept(place.event());
        done.completeExceptionally(failure);
    }
}
