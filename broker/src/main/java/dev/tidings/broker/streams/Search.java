package dev.tidings.broker.streams;

import dev.tidings.broker.loop.Loop;
import dev.tidings.broker.streams.StreamReader.Want;
import dev.tidings.engine.StoredEvent;
import dev.tidings.model.StreamedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a reader was asked for, while it looks for it.
final class Search {
    final CompletableFuture<StreamBatch> answer = new CompletableFuture<>();
    private final Want want;
    private final List<StreamedEvent> found = new ArrayList<>();
    private Loop.@Nullable Timer timer;
    private long scanned;
    private int bytes;
    private int filterFailed;
    private boolean late;

    Search(Want want) {
        this.want = want;
    }

    /// Begins to wait.
    void begin(Loop loop, Runnable whenLate) {
        if (waits()) {
            timer = loop.after(want.patience(), () -> {
                late = true;
                whenLate.run();
            });
        }
    }

    /// Whether it has to wait where there is nothing.
    boolean waits() {
        return !want.patience().isZero() && !late;
    }

    /// Whether it has waited for long enough.
    boolean isLate() {
        return late;
    }

    /// Whether it has all that it wants.
    boolean isFull() {
        return found.size() >= want.events() || bytes >= want.bytes();
    }

    int count() {
        return found.size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /// How many bytes of JSON it wants still.
    int room() {
        return want.bytes() - bytes;
    }

    /// About how many bytes it has looked through.
    long scanned() {
        return scanned;
    }

    void scanned(int more) {
        scanned += more;
    }

    /// Keeps bytes of its own: as it was read, the event would keep all that was read with it.
    void add(StoredEvent event, String position) {
        found.add(new StreamedEvent(
                position,
                event.type(),
                event.acceptedMillis(),
                event.timed(),
                event.json().compact()));
        bytes += event.json().length();
    }

    /// The filter could not judge an event.
    void filterFailed() {
        filterFailed++;
    }

    void complete(StreamBatch.Place place) {
        complete(new StreamBatch.Events(found, place, filterFailed));
    }

    void complete(StreamBatch batch) {
        stop();
        answer.complete(batch);
    }

    void fail(Throwable failure) {
        stop();
        answer.completeExceptionally(failure);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
