package dev.tidings.broker.groups;

import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.TypeSelection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/// Reads single events of a partition again, one read after the other, lowest first; a read serves all that are wanted
/// and lie in its slice.
final class Fetcher {
    /// Fewer are not looked through for those that nobody wants any more.
    private static final int FEW = 1_024;

    private final EventReader reader;
    private final Readings readings;
    private final Facilities facilities;
    private final Consumer<Throwable> onFailure;
    private final PriorityQueue<Wanted> wanted = new PriorityQueue<>(Comparator.comparingLong(Wanted::position));
    private int lookAgainAt = FEW;
    private boolean reading;
    private boolean closed;

    Fetcher(Facilities facilities, Partition partition, Consumer<Throwable> onFailure) {
        this.reader = facilities.engine().log().reader(partition, TypeSelection.ALL);
        this.readings = new Readings(facilities.loop(), this::failed);
        this.facilities = facilities;
        this.onFailure = onFailure;
    }

    void want(Wanted event) {
        if (wanted.size() >= lookAgainAt) {
            wanted.removeIf(Wanted::isVoid);
            lookAgainAt = Math.max(FEW, 2 * wanted.size());
        }
        wanted.add(event);
    }

    boolean isReading() {
        return reading;
    }

    /// Begins to read what is wanted; serves at once what is in memory.
    void start() {
        while (!reading && !closed && isAnythingWanted()) {
            long from = wanted.element().position();
            int bytes = wanted.size() == 1 ? 1 : facilities.limits().readBytes();
            reading = true;
            readings.take(reader.read(from, bytes), slice -> served(from, slice), this::goOn);
        }
    }

    /// Those who wanted what is lowest may be gone.
    private boolean isAnythingWanted() {
        while (!wanted.isEmpty() && wanted.element().isVoid()) {
            wanted.remove();
        }
        return !wanted.isEmpty();
    }

    /// What came late has to be handed on, too: nobody else may ask for the next turn.
    private void goOn() {
        start();
        facilities.turn().ask();
    }

    /// What is wanted stays so: not everybody who wants it ends, and nobody else would ask again.
    private void failed(Throwable failure) {
        reading = false;
        onFailure.accept(failure);
        if (closed) {
            reader.close();
        } else {
            facilities.loop().after(facilities.limits().lastRetry(), this::goOn);
        }
    }

    /// What is wanted still never comes, and somebody may wait for it to come to an end.
    void close() {
        closed = true;
        if (!reading) {
            reader.close();
        }
        if (!wanted.isEmpty()) {
            List<Wanted> left = List.copyOf(wanted);
            wanted.clear();
            facilities.loop().execute(() -> {
                left.forEach(event -> event.arrived(null));
                facilities.turn().ask();
            });
        }
    }

    private void served(long from, Slice slice) {
        reading = false;
        if (closed) {
            reader.close();
            return;
        }
        long to = Math.max(slice.next(), from + 1);
        for (Wanted head = wanted.peek(); head != null && inside(head, from, to); head = wanted.peek()) {
            wanted.remove();
            head.arrived(Slices.find(slice.events(), head.position()));
        }
    }

    private static boolean inside(Wanted event, long from, long to) {
        return event.position() >= from && event.position() < to;
    }
}
