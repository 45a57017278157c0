package dev.tidings.broker.groups;

import dev.tidings.broker.dispatch.GroupDispatch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.EventLog;
import dev.tidings.engine.Partition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a group has yet to read of types that it was granted after it had passed by: opened when grants change, kept
/// with the cursors, filled beside what is new.
final class Gaps {
    private final Holdings.Owner owner;
    private final Facilities facilities;
    private final GroupDispatch dispatch;
    private final Consumer<Throwable> onFailure;
    private int seeking;

    Gaps(Holdings.Owner owner, Facilities facilities, GroupDispatch dispatch, Consumer<Throwable> onFailure) {
        this.owner = owner;
        this.facilities = facilities;
        this.dispatch = dispatch;
        this.onFailure = onFailure;
    }

    /// Whether it is not known yet where a gap begins. No cursor may be stored until it is.
    boolean isSeeking() {
        return seeking > 0;
    }

    /// A share goes on at its stored cursor.
    void resume(Share share, long readBefore, Selection granted) {
        Coverage stored = Coverage.find(facilities.engine().states(), owner.name(), share.partition());
        Selection now = granted.within(share.partition().stream());
        share.known = now;
        share.reach = readBefore;
        share.coverageChanged = true;
        if (stored != null) {
            for (Coverage.Stretch gap : stored.gaps()) {
                add(share, new Gap.Span(now.only(gap.types()), gap.at(), gap.limit()));
            }
            open(share, Gain.between(stored.grants(), now), readBefore);
        }
    }

    /// A share begins where all of this is still before it.
    void begin(Share share, Selection granted) {
        share.known = granted.within(share.partition().stream());
        share.coverageChanged = true;
    }

    /// Grants have changed.
    void select(Share share, Selection granted) {
        Selection now = granted.within(share.partition().stream());
        share.gaps.forEach(gap -> gap.retain(now));
        removeFilled(share);
        List<Gain> gains = Gain.between(share.known, now);
        share.known = now;
        share.coverageChanged = true;
        open(share, gains, Math.max(share.reach, dispatch.readTo(share.index)));
    }

    /// Fills what can be filled now; returns how much that was.
    int advance(Share share, Sieve sieve, int most) {
        int done = 0;
        long readTo = dispatch.readTo(share.index);
        for (Gap gap : share.gaps) {
            if (!gap.isIdle(readTo)) {
                done += gap.advance(dispatch, share.index, sieve, most) + 1;
            }
        }
        removeFilled(share);
        return done;
    }

    /// Whether nothing can be filled now.
    boolean isIdle(Share share) {
        if (share.gaps.isEmpty()) {
            return true;
        }
        long readTo = dispatch.readTo(share.index);
        return share.gaps.stream().allMatch(gap -> gap.isIdle(readTo));
    }

    /// What is to be stored with the cursor of a share besides it; null where that is stored already.
    @Nullable
    StateChange row(Share share) {
        Map<Long, Long> dues = dispatch.dues(share.index);
        if (!share.coverageChanged && share.gaps.isEmpty() && dues.isEmpty() && !share.duesStored) {
            return null;
        }
        share.duesStored = !dues.isEmpty();
        StateChange.Put row = coverage(share, dues).put(owner.name(), share.partition());
        share.coverageChanged = !Coverage.isStored(facilities.engine().states(), row);
        return share.coverageChanged ? row : null;
    }

    private static Coverage coverage(Share share, Map<Long, Long> dues) {
        return new Coverage(share.known, share.gaps.stream().map(Gap::stretch).toList(), dues);
    }

    private void open(Share share, List<Gain> gains, long readBefore) {
        for (Gain gain : gains) {
            seeking++;
            seek(share, gain, readBefore);
        }
    }

    private void seek(Share share, Gain gain, long readBefore) {
        CompletionStage<Long> start = position(
                share.partition(), StartPositions.later(owner.settings().from(), gain.from()));
        CompletionStage<Long> end = gain.to() == null
                ? CompletableFuture.completedStage(readBefore)
                : position(share.partition(), gain.to()).thenApply(to -> Math.min(to, readBefore));
        start.thenCombine(end, (at, limit) -> new Gap.Span(gain.types(), at, limit))
                .whenComplete((found, failure) -> facilities.loop().execute(() -> {
                    if (found != null) {
                        opened(share, found);
                    } else {
                        seekAgain(share, gain, readBefore);
                        onFailure.accept(Objects.requireNonNull(failure));
                    }
                }));
    }

    /// What is not found yet is not forgotten: the grants are stored as known once the gap is.
    private void seekAgain(Share share, Gain gain, long readBefore) {
        facilities.loop().after(facilities.limits().lastRetry(), () -> {
            if (share.closed) {
                seeking--;
                facilities.turn().ask();
            } else {
                seek(share, gain, readBefore);
            }
        });
    }

    private void opened(Share share, Gap.Span found) {
        seeking--;
        add(share, new Gap.Span(share.known.only(found.types().types().keySet()), found.at(), found.limit()));
        facilities.turn().ask();
    }

    private void add(Share share, Gap.Span span) {
        if (!span.isEmpty() && !share.closed) {
            share.gaps.add(new Gap(facilities, share.partition(), span, onFailure));
        }
    }

    private static void removeFilled(Share share) {
        share.gaps.removeIf(gap -> {
            boolean filled = gap.isFilled();
            if (filled) {
                gap.close();
                share.coverageChanged = true;
            }
            return filled;
        });
    }

    private CompletionStage<Long> position(Partition partition, @Nullable Instant time) {
        EventLog log = facilities.engine().log();
        return time == null
                ? CompletableFuture.completedStage(log.extent(partition).first())
                : log.positionAt(partition, time);
    }
}
