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
    private final Gap gap;
    private final EventReader reader;
    private final Readings readings;
    private final Outcome outcome;

    /// Told what is found, and when all is.
    record Outcome(Consumer<StoredEvent> found, Runnable finished, Consumer<Throwable> failed) {}

    /// What was passed by: events of the gained types in this partition, up to where the group was.
    record Gap(Partition partition, Selection gained, long limit) {}

    CatchUp(Facilities facilities, Gap gap, Outcome outcome) {
        this.facilities = facilities;
        this.gap = gap;
        this.outcome = outcome;
        this.reader = facilities
                .engine()
                .log()
                .reader(
                        gap.partition(),
                        new TypeSelection.Of(gap.gained().types().keySet()));
        this.readings = new Readings(facilities.loop(), outcome.failed());
    }

    void from(Instant since) {
        facilities
                .engine()
                .log()
                .positionAt(gap.partition(), since)
                .whenComplete((position, failure) -> facilities.loop().execute(() -> {
                    if (failure != null) {
                        outcome.failed().accept(failure);
                    } else {
                        read(position);
                    }
                }));
    }

    private void read(long from) {
        if (from >= gap.limit()) {
            reader.close();
            outcome.finished().run();
            return;
        }
        readings.take(reader.read(from, facilities.limits().readBytes()), slice -> taken(from, slice), () -> {});
    }

    private void taken(long from, Slice slice) {
        for (StoredEvent event : slice.events()) {
            if (event.position() < gap.limit() && gap.gained().reveals(event)) {
                outcome.found().accept(event);
            }
        }
        read(slice.atEnd() ? gap.limit() : Math.max(slice.next(), from + 1));
    }
}
