package dev.tidings.engine.segmented.verify;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.recovery.Recovery;
import dev.tidings.engine.segmented.recovery.StoreFormat;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.Cursors;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.StreamLog;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.engine.segmented.state.Tables;
import dev.tidings.engine.segmented.state.TailMemory;
import dev.tidings.engine.segmented.verify.Findings.Content;
import dev.tidings.engine.segmented.verify.Findings.Damage;
import dev.tidings.engine.segmented.wal.RingFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Reads all of a store that nobody has open: first what an opening reads, as an opening does it, then each block of
/// each segment. Nothing is changed.
public final class Verification {
    private static final int OPEN_FILES = 64;

    private final Disk disk;
    private final Predicate<String> wanted;
    private final List<Damage> damage = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Content content = Content.NONE;

    private Verification(Disk disk, Predicate<String> wanted) {
        this.disk = disk;
        this.wanted = wanted;
    }

    /// Looks at all of a store.
    ///
    /// @throws dev.tidings.engine.segmented.CannotOpen where there is no store, or it is of a newer program
    public static Findings of(Disk disk) throws IOException {
        return of(disk, _ -> true);
    }

    /// The same, but of the files of segments only at those that are wanted.
    public static Findings of(Disk disk, Predicate<String> wanted) throws IOException {
        Verification verification = new Verification(disk, wanted);
        verification.look();
        return new Findings(verification.damage, verification.notes, verification.content);
    }

    private void look() throws IOException {
        Memory memory = new Memory(
                new Streams(),
                new Cursors(),
                new Tables(),
                new TailMemory(Long.MAX_VALUE),
                Seen.forgetful(new DedupFiles(disk)));
        PayloadCheck.of(disk, wanted, damage);
        if (recalls(memory)) {
            for (StreamLog stream : memory.streams().all()) {
                look(stream);
            }
        } else {
            notes.add("what belongs to the store is not known: every segment that was found was looked at");
            for (String directory : disk.list(SegmentStore.ROOT)) {
                lookInto(SegmentStore.ROOT + "/" + directory);
            }
        }
    }

    private boolean recalls(Memory memory) throws IOException {
        try (OpenFiles files = new OpenFiles(disk, OPEN_FILES)) {
            StoreFormat format = StoreFormat.existing(disk);
            try (RingFiles ring = new RingFiles(disk, format.ring())) {
                ring.open();
                SegmentStore store = new SegmentStore(disk, files, new SegmentStore.Roll(Long.MAX_VALUE, 0));
                new Recovery(disk, format, ring, store).recall(memory);
            }
            return true;
        } catch (Corrupt corrupt) {
            damage.add(new Damage(corrupt.file(), corrupt.offset(), corrupt.what()));
            return false;
        }
    }

    private void look(StreamLog stream) throws IOException {
        long events = stream.end() - stream.first();
        long bytes = 0;
        for (Segment segment : stream.segments()) {
            bytes += segment.bytes();
            if (wanted.test(segment.file())) {
                SegmentCheck.of(disk, segment, stream.number(), damage);
            }
        }
        count(stream.segments().size(), events, bytes);
    }

    private void lookInto(String directory) throws IOException {
        long events = 0;
        long bytes = 0;
        int segments = 0;
        for (String name : disk.list(directory)) {
            if (name.endsWith(".seg")) {
                SegmentCheck.Held held = SegmentCheck.alone(disk, directory + "/" + name, damage);
                events += held.events();
                bytes += held.bytes();
                segments++;
            }
        }
        count(segments, events, bytes);
    }

    private void count(int segments, long events, long bytes) {
        content = new Content(
                content.streams() + 1,
                content.segments() + segments,
                content.events() + events,
                content.bytes() + bytes);
    }
}
