package dev.tidings.testkit;

import dev.tidings.client.JsonMapping;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What has happened on the buses of a test, in order. May be used by any thread.
public final class Flow {
    private final JsonMapping json;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Entry> entries = new ArrayList<>();
    private int old;

    /// What became of an event.
    public enum Step {
        /// The broker has it, or a bus inside the process has taken it.
        PUBLISHED,
        /// The broker does not take it.
        REFUSED,
        /// A handler began.
        DELIVERED,
        /// The handler returned: the event is confirmed.
        HANDLED,
        /// The handler threw: it is tried again.
        FAILED,
        /// The handler said not now: it comes again later.
        POSTPONED,
        /// The handler can't handle it, or has failed too often: it is reported as dead.
        DEAD
    }

    /// One step.
    ///
    /// @param listener `{service}-{listener}`; empty where none has to do with it
    /// @param why      what is wrong; empty where nothing is
    public record Entry(Step step, CloudEvent event, String listener, String why) {
        boolean is(CloudEvent other) {
            return event.getId().equals(other.getId()) && event.getSource().equals(other.getSource());
        }

        @Override
        public String toString() {
            String by = listener.isEmpty() ? "" : " by " + listener;
            return step + by + " " + text(event) + (why.isEmpty() ? "" : ": " + why);
        }
    }

    Flow(JsonMapping json) {
        this.json = json;
    }

    /// All steps so far.
    public List<Entry> entries() {
        lock.lock();
        try {
            return List.copyOf(entries);
        } finally {
            lock.unlock();
        }
    }

    /// What was published so far; an event that was published twice is here twice.
    public List<CloudEvent> published() {
        return of(Step.PUBLISHED, "");
    }

    /// The events that came to that step so far.
    ///
    /// @param listener `{service}-{listener}`; empty for what was published or refused
    public List<CloudEvent> of(Step step, String listener) {
        return entries().stream()
                .filter(entry -> entry.step == step && entry.listener.equals(listener))
                .map(Entry::event)
                .toList();
    }

    /// Forgets what has happened so far.
    public void clear() {
        lock.lock();
        try {
            entries.clear();
            old = 0;
        } finally {
            lock.unlock();
        }
    }

    void add(Entry entry) {
        lock.lock();
        try {
            entries.add(entry);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The clock leaps: what was published so far may be removed by then.
    void leapt() {
        lock.lock();
        try {
            old = entries.size();
        } finally {
            lock.unlock();
        }
    }

    /// How many of the entries are from before the clock leapt.
    int old() {
        lock.lock();
        try {
            return old;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until that holds; whether it does.
    boolean await(Predicate<List<Entry>> condition, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.test(entries)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// The payload, where it is such an object.
    <T> @Nullable T read(CloudEvent event, Class<T> type) {
        CloudEventData data = event.getData();
        try {
            return data == null ? null : json.read(data.toBytes(), type);
        } catch (RuntimeException another) {
            return null;
        }
    }

    static String text(CloudEvent event) {
        CloudEventData data = event.getData();
        Object key = event.getExtension("partitionkey");
        return event.getType() + (key == null ? "" : " key " + key) + " id " + event.getId()
                + (data == null ? "" : " " + new String(data.toBytes(), StandardCharsets.UTF_8));
    }
}
