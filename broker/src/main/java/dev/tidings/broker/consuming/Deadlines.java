package dev.tidings.broker.consuming;

import dev.tidings.broker.loop.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// When what an instance was handed is to be taken back, unless it is settled by then: after its ack timeout, or up to
/// a thirty-second of that later, so that a few timers do for any number of events. Belongs to the instance's loop.
final class Deadlines {
    private static final int STEPS = 32;

    private final Loop loop;
    private final @Nullable Duration timeout;
    private final LongConsumer due;
    private final ArrayDeque<Span> spans = new ArrayDeque<>();

    /// What was handed out within one step.
    private static final class Span {
        long upTo;
        boolean open = true;
        Loop.Timer end = () -> {};
        Loop.Timer deadline = () -> {};
    }

    /// @param timeout null: nothing is ever taken back
    /// @param due     is told the last offset whose time is over
    Deadlines(Loop loop, @Nullable Duration timeout, LongConsumer due) {
        this.loop = loop;
        this.timeout = timeout;
        this.due = due;
    }

    /// Everything up to this offset is handed out.
    void handedOut(long upTo) {
        if (timeout == null) {
            return;
        }
        Span last = spans.peekLast();
        if (last == null || !last.open) {
            last = begin(timeout, timeout.dividedBy(STEPS));
        }
        last.upTo = upTo;
    }

    /// What was handed out beyond this offset never was.
    void rollBack(long last) {
        spans.forEach(span -> span.upTo = Math.min(span.upTo, last));
    }

    void cancel() {
        spans.forEach(span -> {
            span.end.cancel();
            span.deadline.cancel();
        });
        spans.clear();
    }

    private Span begin(Duration time, Duration step) {
        Span span = new Span();
        span.end = loop.after(step, () -> span.open = false);
        span.deadline = loop.after(time.plus(step), () -> {
            spans.remove(span);
            due.accept(span.upTo);
        });
        spans.add(span);
        return span;
    }
}
