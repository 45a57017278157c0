package dev.tidings.engine.segmented.commit;

import dev.tidings.engine.EventLog.AppendListener;
import dev.tidings.engine.Partition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners and callers what has become durable, on a thread of its own, while the committer goes on.
public final class Answers implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final int AHEAD = 64;

    private final BlockingQueue<Durable> queue = new LinkedBlockingQueue<>(AHEAD);
    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();

    /// What one group brought; nothing at all ends the thread.
    record Durable(Map<Partition, Long> ends, List<Group.Answer> answers) {
        static final Durable LAST = new Durable(Map.of(), List.of());

        boolean isLast() {
            return answers.isEmpty();
        }
    }

    public void listen(AppendListener listener) {
        listeners.add(listener);
    }

    void tell(Durable durable) throws InterruptedException {
        queue.put(durable);
    }

    void end() throws InterruptedException {
        queue.put(Durable.LAST);
    }

    @Override
    public void run() {
        try {
            for (Durable next = queue.take(); !next.isLast(); next = queue.take()) {
                tellAll(next);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll(Durable durable) {
        if (!durable.ends.isEmpty()) {
            for (AppendListener listener : listeners) {
                tell(listener, durable.ends);
            }
        }
        durable.answers.forEach(answer -> answer.to().complete(answer.what()));
    }

    private static void tell(AppendListener listener, Map<Partition, Long> ends) {
        try {
            listener.appended(ends);
        } catch (RuntimeException bug) {
            LOG.error("a listener failed", bug);
        }
    }
}
