package dev.tidings.broker.groups;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Cursor;
import dev.tidings.engine.Partition;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Stores the cursors of one group or lane, and what must be stored together with them. At most one append is
/// under way; what changes meanwhile is stored by the next. Since an append stores whole cursors as they are when
/// it begins, appends in order are enough: what a later one stores includes what an earlier one did.
public final class CursorStore {
    private final GroupName owner;
    private final Facilities facilities;
    private final Function<Partition, @Nullable Progress> progress;
    private Changes next = new Changes();
    private @Nullable Changes underWay;
    private boolean backingOff;
    private Duration wait;

    /// Where a partition stands, and what else is stored with that.
    public record Progress(Cursor cursor, List<Batch.StateChange> rows) {}

    /// What one append stores.
    private static final class Changes {
        final Set<Partition> moved = new LinkedHashSet<>();
        final List<Rider> riders = new ArrayList<>();
        final CompletableFuture<Void> durable = new CompletableFuture<>();

        boolean isEmpty() {
            return moved.isEmpty() && riders.isEmpty();
        }
    }

    /// @param progress how a partition stands now; null where it is not held any more
    public CursorStore(GroupName owner, Facilities facilities, Function<Partition, @Nullable Progress> progress) {
        this.owner = owner;
        this.facilities = facilities;
        this.progress = progress;
        this.wait = facilities.limits().firstRetry();
    }

    /// The cursor of this partition has changed.
    public void moved(Partition partition) {
        next.moved.add(partition);
    }

    public void ride(Rider rider) {
        next.riders.add(rider);
    }

    public boolean isClean() {
        return next.isEmpty() && underWay == null;
    }

    /// Completes on the loop when everything that has changed so far is durable; exceptionally where the append
    /// that was to store it failed. Cursors are tried again all the same.
    public CompletionStage<Void> durable() {
        if (!next.isEmpty()) {
            return next.durable;
        }
        return underWay == null ? CompletableFuture.completedStage(null) : underWay.durable;
    }

    /// Begins to store what has changed, unless an append is under way.
    public void store() {
        if (underWay != null || backingOff || next.isEmpty()) {
            return;
        }
        Changes changes = next;
        next = new Changes();
        underWay = changes;
        facilities
                .engine()
                .log()
                .append(batch(changes))
                .whenComplete((_, failure) -> facilities.loop().execute(() -> answered(changes, failure)));
    }

    private Batch batch(Changes changes) {
        List<Batch.Entry> entries = new ArrayList<>();
        List<Batch.CursorMove> moves = new ArrayList<>();
        List<Batch.StateChange> states = new ArrayList<>();
        for (Rider rider : changes.riders) {
            entries.addAll(rider.batch().entries());
            moves.addAll(rider.batch().cursors());
            states.addAll(rider.batch().states());
            changes.moved.add(rider.partition());
        }
        for (Partition partition : changes.moved) {
            Progress now = progress.apply(partition);
            if (now != null) {
                moves.add(new Batch.CursorMove(owner, partition, now.cursor()));
                states.addAll(now.rows());
            }
        }
        return new Batch(entries, moves, states);
    }

    private void answered(Changes changes, @Nullable Throwable failure) {
        underWay = null;
        if (failure == null) {
            wait = facilities.limits().firstRetry();
            changes.riders.forEach(Rider::stored);
            changes.durable.complete(null);
        } else {
            next.moved.addAll(changes.moved);
            backOff();
            changes.riders.forEach(rider -> rider.failed(failure));
            changes.durable.completeExceptionally(failure);
        }
        facilities.turn().ask();
    }

    private void backOff() {
        backingOff = true;
        Duration now = wait;
        Duration doubled = now.multipliedBy(2);
        Duration longest = facilities.limits().lastRetry();
        wait = doubled.compareTo(longest) < 0 ? doubled : longest;
        facilities.loop().after(now, () -> {
            backingOff = false;
            facilities.turn().ask();
        });
    }
}
