package dev.tidings.broker.groups;

import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.TypeSelection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One partition as a group or a lane reads it: in order, one slice at a time, and again by position. Belongs to
/// the loop, but for the news of new events.
public final class Feed {
    private static final Slice NOTHING = new Slice(List.of(), 0, 1);

    private final Facilities facilities;
    private final Partition partition;
    private final Consumer<Throwable> onFailure;
    private final Fetcher fetcher;
    private final Recent recent;
    private final AtomicBoolean news = new AtomicBoolean(true);
    private final Runnable subscription = this::hearNews;
    private EventReader reader;
    private Slice slice = NOTHING;
    private int at;
    private boolean reading;
    private boolean atEnd;
    private int generation;

    public Feed(Facilities facilities, Partition partition, TypeSelection types, Consumer<Throwable> onFailure) {
        this.facilities = facilities;
        this.partition = partition;
        this.onFailure = onFailure;
        this.fetcher = new Fetcher(facilities, partition, onFailure);
        this.recent = new Recent(facilities.memory());
        this.reader = facilities.engine().log().reader(partition, types);
        facilities.news().subscribe(partition, subscription);
    }

    public Partition partition() {
        return partition;
    }

    /// Reads other types from now on. What was read ahead is forgotten.
    public void select(TypeSelection types) {
        EventReader old = reader;
        if (!reading) {
            old.close();
        }
        reader = facilities.engine().log().reader(partition, types);
        generation++;
        reading = false;
        atEnd = false;
        slice = NOTHING;
        at = 0;
        recent.clear();
    }

    public boolean hasNext() {
        return at < slice.events().size();
    }

    /// The next event, which stays the one that is found fastest by [#find] until the next is taken.
    public StoredEvent next() {
        return slice.events().get(at++);
    }

    /// Everything up to here was read, once [#hasNext] is false.
    public long readTo() {
        return slice.next();
    }

    /// Whether a read is under way.
    public boolean isReading() {
        return reading || fetcher.isReading();
    }

    /// Whether there is nothing to read now: a read is under way, or the last one reached the end and nothing was
    /// appended since.
    public boolean isIdle() {
        if (reading) {
            return true; // the news stays: what is being read may have ended before it
        }
        if (news.compareAndSet(true, false)) {
            atEnd = false;
        }
        return atEnd && !hasNext();
    }

    /// Reads the next slice; what is in memory is there at once.
    public void read(long from) {
        reading = true;
        int begun = generation;
        EventReader used = reader;
        new Readings(facilities.loop(), failure -> failed(begun, used, failure))
                .take(
                        used.read(from, facilities.limits().readBytes()),
                        found -> {
                            if (begun == generation) {
                                taken(found);
                            } else {
                                used.close();
                            }
                        },
                        facilities.turn()::ask);
    }

    /// The payload of an event that was read just now; null where it has to be [#fetch]ed.
    public @Nullable StoredEvent find(long position) {
        List<StoredEvent> events = slice.events();
        if (at > 0) {
            StoredEvent last = events.get(at - 1);
            if (last.position() == position) {
                return last;
            }
        }
        StoredEvent here =
                events.isEmpty() || events.getFirst().position() > position ? null : Slices.find(events, position);
        return here == null ? recent.find(position) : here;
    }

    /// Reads an event again: asks for it now, and [#fetch]es all that were asked for.
    public void want(Wanted event) {
        fetcher.want(event);
    }

    public void fetch() {
        fetcher.start();
    }

    /// Puts away what was read and taken. Where something waits, [#find] may find it for a while.
    ///
    /// @param waiting how much waits
    public void putAway(int waiting) {
        if (waiting > 0) {
            recent.keep(slice);
        } else {
            recent.clear();
        }
        if (!hasNext()) {
            slice = new Slice(List.of(), slice.next(), slice.end());
            at = 0;
        }
    }

    public void close() {
        facilities.news().unsubscribe(partition, subscription);
        generation++;
        if (!reading) {
            reader.close();
        }
        fetcher.close();
        recent.clear();
    }

    private void taken(Slice found) {
        reading = false;
        slice = found;
        at = 0;
        atEnd = found.atEnd();
    }

    /// The next who wants something reads again.
    private void failed(int begun, EventReader used, Throwable failure) {
        if (begun == generation) {
            reading = false;
        } else {
            used.close();
        }
        onFailure.accept(failure);
    }

    private void hearNews() {
        if (!news.get() && news.compareAndSet(false, true)) {
            facilities.turn().ask();
        }
    }
}
