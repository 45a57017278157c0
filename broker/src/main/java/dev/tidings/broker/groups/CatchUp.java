package dev.tidings.broker.groups;

import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import java.time.Instant;
import java.util.function.Consumer;

/// Types were granted to a group that had read on before it heard of it: finds their events between the grant and
/// where the group was.
final class CatchUp {
    private final Facilities facilities;
    private final Selection gained;
    private final EventReader reader;
    private final long limit;
    private final Readings readings;
    private final Outcome outcome;

    /// Told what is found, and when all is.
    record Outcome(Consumer<StoredEvent> found, Runnable finished, Consumer<Throwable> failed) {}

    CatchUp(Facilities facilities, Partition partition, Selection gained, long limit, Outcome outcome) {
        this.facilities = facilities;
        this.gained = gained;
        this.limit = limit;
        this.outcome = outcome;
        this.reader = facilities
                .engine()
                .log()
                .reader(partition, new TypeSelection.Of(gained.types().keySet()));
        this.readings = new Readings(facilities.loop(), outcome.failed());
    }

    void from(Partition partition, Instant since) {
        facilities
                .engine()
                .log()
                .positionAt(partition, since)
                .whenComplete((position, failure) -> facilities.loop().execute(() -> {
                    if (failure != null) {
                        outcome.failed().accept(failure);
                    } else {
                        read(position);
                    }
                }));
    }

    private void read(long from) {
        if (from >= limit) {
            reader.close();
            outcome.finished().run();
            return;
        }
        readings.take(reader.read(from, facilities.limits().readBytes()), slice -> taken(from, slice), () -> {});
    }

    private void taken(long from, Slice slice) {
        for (StoredEvent event : slice.events()) {
            if (event.position() < limit && gained.reveals(event)) {
                outcome.found().accept(event);
            }
        }
        read(slice.atEnd() ? limit : Math.max(slice.next(), from + 1));
    }
}
