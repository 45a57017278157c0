package dev.tidings.broker.groups;

import dev.tidings.broker.dead.ErrorsOf;
import dev.tidings.engine.Partition;
import dev.tidings.engine.StoredEvent;
import dev.tidings.filter.EventFilter;
import dev.tidings.filter.Verdict;
import dev.tidings.model.GroupName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets through what the filter of a group matches. What was resubmitted to the group passes: somebody has decided that
/// it is for it. Belongs to the group's loop, of which it takes a small part of a turn only.
final class Sieve {
    private static final Logger LOG = LoggerFactory.getLogger(Sieve.class);
    private static final Duration SLICE = Duration.ofMillis(2);
    private static final int ALWAYS = 16;
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final GroupName group;
    private final Facilities facilities;
    private final @Nullable ErrorsOf errors;
    private final Map<Partition, VerdictMemo> memos = new HashMap<>();
    private @Nullable EventFilter filter;
    private Instant silentUntil = Instant.MIN;
    private long sliceEnd;
    private int judged;
    private long filteredOut;
    private long failures;

    /// @param errors what else it lets through alone, where the group is an error handler; null: it is none
    Sieve(GroupName group, Facilities facilities, @Nullable ErrorsOf errors) {
        this.group = group;
        this.facilities = facilities;
        this.errors = errors;
    }

    /// @param next null: everything passes
    void filter(@Nullable EventFilter next) {
        close();
        filter = next == null || next.matchesAll() ? null : next;
    }

    /// A turn of the group begins.
    void begin() {
        judged = 0;
        if (filter != null || errors != null) {
            sliceEnd = facilities.clock().millis() + SLICE.toMillis();
        }
    }

    /// Whether judging has taken its part of the turn.
    boolean isSpent() {
        return judged >= ALWAYS && facilities.clock().millis() >= sliceEnd;
    }

    boolean passes(Partition partition, StoredEvent event) {
        if (errors != null) {
            judged++;
            return errors.concerns(event);
        }
        EventFilter current = filter;
        if (current == null || partition.stream().internal()) {
            return true;
        }
        judged++;
        VerdictMemo memo =
                memos.computeIfAbsent(partition, _ -> facilities.filtering().take(current, partition));
        Verdict verdict = memo.judge(event);
        if (verdict == Verdict.MATCHES) {
            return true;
        }
        filteredOut++;
        if (verdict == Verdict.FAILED) {
            failed(memo, event);
        }
        return false;
    }

    /// How many events it kept out, those on which the filter failed among them.
    long filteredOut() {
        return filteredOut;
    }

    /// On how many events the filter failed.
    long failures() {
        return failures;
    }

    void close() {
        EventFilter current = filter;
        if (current != null) {
            memos.keySet().forEach(partition -> facilities.filtering().give(current, partition));
            memos.clear();
        }
    }

    private void failed(VerdictMemo memo, StoredEvent event) {
        failures++;
        Instant now = facilities.clock().instant();
        if (!now.isBefore(silentUntil)) {
            silentUntil = now.plus(SILENCE);
            LOG.warn(
                    "the filter of group {} fails on an event of type {}, which counts as not matching: {};"
                            + " {} such events so far, nothing more is said of them for {} minutes",
                    group,
                    event.type(),
                    memo.failure(event),
                    failures,
                    SILENCE.toMinutes());
        }
    }
}
