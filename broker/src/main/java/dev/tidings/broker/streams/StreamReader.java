package dev.tidings.broker.streams;

import dev.tidings.broker.groups.Selection;
import dev.tidings.broker.loop.Loop;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Extent;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.StoredEvent;
import dev.tidings.filter.EventFilter;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One reader of a stream. It reads when it is asked to, and no more than it is asked for, so a slow one costs
/// nothing; partitions are read by turns, a slice at a time, and between two slices the loop belongs to others.
/// [#next] and [#close] may be called by any thread; all else belongs to the client's loop.
public final class StreamReader {
    /// So many stored bytes are looked through at once for types that are rare.
    private static final int LOOK = 1 << 20;
    private static final Refusal OVER =
            Refusal.retryable(ErrorCode.NOT_READY, "the broker is shutting down", Duration.ofSeconds(5));
    private static final Refusal REVOKED =
            Refusal.of(ErrorCode.NOT_ALLOWED, "the catalog grants the caller nothing any more of what it was reading");

    private final StreamReading room;
    private final StreamQuery query;
    private final StreamReading.Reader who;
    private final List<Track> tracks = new ArrayList<>();
    private final AtomicBoolean idle = new AtomicBoolean();
    private final Runnable news = this::hearNews;
    private final StreamSieve sieve;
    private Selection selection;
    private int turn;
    private boolean insists;
    private boolean reading;
    private boolean draining;
    private boolean closed;
    private @Nullable Search search;

    /// What a reader is asked for.
    ///
    /// @param events at most so many
    /// @param bytes  no more once so many bytes of JSON are reached
    /// @param patience how long to wait for the first where there is none
    public record Want(int events, int bytes, Duration patience) {}

    /// Where a reader begins.
    ///
    /// @param filter null: none
    record Beginning(
            StreamPosition position,
            Selection selection,
            @Nullable EventFilter filter) {}

    StreamReader(StreamReading room, StreamReading.Reader who, StreamQuery query, Beginning beginning) {
        this.room = room;
        this.who = who;
        this.query = query;
        this.selection = beginning.selection;
        this.sieve = new StreamSieve(beginning.filter, room.filtering(), room.nanos());
        this.insists = query.start() instanceof StreamStart.After;
        List<Partition> partitions = room.partitions(who.stream());
        for (int i = 0; i < partitions.size(); i++) {
            Partition partition = partitions.get(i);
            tracks.add(new Track(
                    partition, reader(partition), beginning.position.next().get(i)));
            room.news().subscribe(partition, news);
        }
    }

    /// The next events: as many as are wanted, or fewer where the stream ends, where enough was looked through, or
    /// where it has waited for long enough; then there may be none. One call at a time. Completes on the client's
    /// loop.
    public CompletionStage<StreamBatch> next(Want want) {
        Search asked = new Search(want);
        loop().execute(() -> begin(asked));
        return asked.answer;
    }

    /// Ends it. Whoever opened it has to.
    public void close() {
        loop().execute(this::closeHere);
    }

    /// What it reads is what the catalog grants now.
    void catalogChanged() {
        Selection granted = room.rights(who.client()).selection(who.stream(), query.types());
        if (granted.equals(selection) || closed) {
            return;
        }
        selection = granted;
        tracks.forEach(track -> track.use(reader(track.partition())));
        goOn();
    }

    /// Answers what it is being asked with what there is, and nothing any more.
    void drain() {
        draining = true;
        goOn();
    }

    private Loop loop() {
        return who.loop();
    }

    private EventReader reader(Partition partition) {
        return room.log().reader(partition, selection.in(who.stream()));
    }

    private void begin(Search asked) {
        if (closed || draining || search != null) {
            asked.complete(new StreamBatch.Ended(OVER));
            return;
        }
        search = asked;
        asked.begin(loop(), this::goOn);
        goOn();
    }

    private void goOn() {
        Search asked = search;
        if (asked == null || reading || closed) {
            return;
        }
        idle.set(false);
        if (selection.isEmpty()) {
            end(asked, REVOKED);
        } else if (isEnough(asked)) {
            answer(asked);
        } else {
            readOn(asked);
        }
    }

    private boolean isEnough(Search asked) {
        return draining
                || asked.isFull()
                || asked.isLate()
                || asked.scanned() >= room.config().scan().bytes();
    }

    private void readOn(Search asked) {
        if (skipRemoved()) {
            end(asked, room.gone(who.stream()));
            return;
        }
        Track track = unread();
        if (track != null) {
            reading = true;
            room.turns().take(() -> loop().execute(() -> read(asked, track)));
        } else if (asked.isEmpty() && asked.waits()) {
            await();
        } else {
            answer(asked);
        }
    }

    /// Waits for news; what came before it began to is not told again.
    private void await() {
        idle.set(true);
        if (unread() != null && idle.compareAndSet(true, false)) {
            loop().execute(this::goOn);
        }
    }

    private void hearNews() {
        if (idle.get() && idle.compareAndSet(true, false)) {
            loop().execute(this::goOn);
        }
    }

    /// Steps over what retention has removed; returns whether something was that must not be missed.
    private boolean skipRemoved() {
        boolean missed = false;
        for (Track track : tracks) {
            long first = room.log().extent(track.partition()).first();
            if (track.next() < first) {
                missed |= insists;
                if (!insists) {
                    track.moveTo(first);
                }
            }
        }
        return missed;
    }

    /// The next partition that has something; null where none has.
    private @Nullable Track unread() {
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get((turn + i) % tracks.size());
            if (track.next() < room.log().extent(track.partition()).next()) {
                return track;
            }
        }
        return null;
    }

    private void read(Search asked, Track track) {
        if (closed) {
            room.turns().done();
            return;
        }
        EventReader used = track.beginRead();
        int bytes = Math.clamp(asked.room(), 1, (int) room.config().readBytes().bytes());
        CompletableFuture<Slice> read = used.search(track.next(), bytes, LOOK).toCompletableFuture();
        var _ = read.whenComplete((slice, failure) -> {
            room.turns().done();
            loop().execute(() -> ended(new Ended(asked, track, used), slice, failure));
        });
    }

    /// A read that has ended.
    private record Ended(Search asked, Track track, EventReader used) {}

    private void ended(Ended read, @Nullable Slice slice, @Nullable Throwable failure) {
        boolean current = read.track.endRead(read.used);
        if (closed) {
            read.used.close();
            return;
        }
        if (failure != null) {
            reading = false;
            search = null;
            read.asked.fail(failure);
            return;
        }
        long before = read.asked.scanned();
        if (slice != null && current) { // otherwise what it may read has changed meanwhile
            take(read, slice);
        }
        if (read.asked == search && isEnough(read.asked)) {
            answer(read.asked);
        }
        Duration rest =
                slice == null || slice.atEnd() ? Duration.ZERO : room.pace().rest(read.asked.scanned() - before);
        if (rest.isZero()) {
            rested();
        } else {
            loop().after(rest, this::rested);
        }
    }

    private void rested() {
        reading = false;
        goOn();
    }

    private void take(Ended read, Slice slice) {
        Track track = read.track;
        Extent extent = room.log().extent(track.partition());
        if (track.next() < extent.first()) {
            return; // some of it may have been removed before it was read
        }
        if (slice.events().isEmpty() && !slice.atEnd()) {
            read.asked.scanned(LOOK);
        }
        sieve.begin();
        for (StoredEvent event : slice.events()) {
            if (read.asked.isFull() || sieve.isSpent()) {
                track.moveTo(event.position());
                return;
            }
            track.moveTo(event.position() + 1);
            read.asked.scanned(event.json().length());
            if (selection.reveals(event)) {
                offer(read, event);
            }
        }
        track.moveTo(Math.max(track.next(), slice.next()));
        turn = (tracks.indexOf(track) + 1) % tracks.size();
    }

    private void offer(Ended read, StoredEvent event) {
        switch (sieve.judge(read.track.partition(), event)) {
            case MATCHES -> read.asked.add(event, position());
            case DOES_NOT -> {}
            case FAILED -> {
                read.asked.filterFailed();
                room.filterFailed();
            }
        }
    }

    private String position() {
        return new StreamPosition(tracks.stream().map(Track::next).toList()).text(who.stream());
    }

    private void end(Search asked, Refusal refusal) {
        if (asked.isEmpty()) {
            search = null;
            asked.complete(new StreamBatch.Ended(refusal));
        } else {
            answer(asked);
        }
    }

    private void answer(Search asked) {
        search = null;
        insists = true;
        room.tell(asked.count());
        asked.complete(new StreamBatch.Place(position(), unread() == null, room.bounds(who.stream())));
    }

    private void closeHere() {
        if (closed) {
            return;
        }
        closed = true;
        sieve.close();
        for (Track track : tracks) {
            room.news().unsubscribe(track.partition(), news);
            track.close();
        }
        Search asked = search;
        search = null;
        if (asked != null) {
            asked.complete(new StreamBatch.Ended(OVER));
        }
        room.closed(this, who.client());
    }
}
