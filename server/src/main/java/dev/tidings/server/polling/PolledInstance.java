package dev.tidings.server.polling;

import dev.tidings.broker.consuming.Instance;
import dev.tidings.model.ClientName;
import dev.tidings.model.Delivery;
import dev.tidings.model.ReportedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An instance whose consumer calls now and then, over any connection. Knows what the consumer has read: events whose
/// answer is still being written are not read yet, and those whose answer got lost go back. May be used by any thread.
final class PolledInstance {
    private final Instance instance;
    private final ClientName client;
    private final String group;
    private long readUpTo;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private int calls;
    private int silence;

    PolledInstance(Instance instance, ClientName client, String group) {
        this.instance = instance;
        this.client = client;
        this.group = group;
    }

    boolean belongsTo(ClientName caller, String namedGroup) {
        return client.equals(caller) && group.equals(namedGroup);
    }

    /// A call begins; while one lasts, the instance does not expire.
    synchronized void called() {
        calls++;
    }

    synchronized void answered() {
        calls--;
        silence = 0;
    }

    /// How many sweeps in a row have found it without a call, this one included.
    synchronized int swept() {
        silence = calls == 0 ? silence + 1 : 0;
        return silence;
    }

    /// The next events. Each answer with events must be told to [Written] once.
    CompletionStage<List<Delivery>> poll(int maxEvents, int maxBytes, Duration timeout) {
        return instance.poll(maxEvents, maxBytes, timeout);
    }

    /// An answer with these events begins to be written; what was read is not clear until that has ended.
    Written writes(List<Delivery> deliveries) {
        return new Written(deliveries.getFirst().offset(), deliveries.getLast().offset());
    }

    /// Confirms up to the offset.
    CompletionStage<Instance.Settlement> confirm(long offset) {
        return instance.confirm(offset);
    }

    /// Confirms all that was read so far.
    CompletionStage<Instance.Settlement> confirmRead() {
        return writesSoFar().thenCompose(_ -> {
            long read = readUpTo();
            return read == 0 ? CompletableFuture.completedStage(Instance.Settlement.DONE) : instance.confirm(read);
        });
    }

    /// Gives one event back.
    ///
    /// @param delay null: as the instance was opened
    CompletionStage<Instance.Settlement> release(long offset, @Nullable Duration delay) {
        return instance.singly().release(offset, delay);
    }

    CompletionStage<Instance.Settlement> dead(ReportedEvent reported) {
        return instance.dead(reported);
    }

    /// Nothing stays reserved for its process once it has ended.
    void renounce() {
        instance.renounce();
    }

    CompletionStage<Void> close() {
        return instance.close();
    }

    private synchronized long readUpTo() {
        return readUpTo;
    }

    private synchronized CompletableFuture<Void> writesSoFar() {
        return writing;
    }

    private synchronized void read(long last) {
        readUpTo = Math.max(readUpTo, last);
    }

    private synchronized void lost(long first) {
        readUpTo = Math.min(readUpTo, first - 1);
    }

    /// An answer on its way.
    final class Written {
        private final long first;
        private final long last;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        private Written(long first, long last) {
            this.first = first;
            this.last = last;
            synchronized (PolledInstance.this) {
                writing = writing.isDone() ? done : CompletableFuture.allOf(writing, done);
            }
        }

        /// It was written whole, or not. Only the first word counts.
        void ended(boolean whole) {
            if (done.isDone()) {
                return;
            }
            if (whole) {
                read(last);
            } else {
                lost(first);
                instance.unread(first);
            }
            done.complete(null);
        }
    }
}
