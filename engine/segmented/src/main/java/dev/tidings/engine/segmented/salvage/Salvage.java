package dev.tidings.engine.segmented.salvage;

import dev.tidings.engine.disk.Disk;
import dev.tidings.engine.segmented.CannotOpen;
import dev.tidings.engine.segmented.SegmentedConfig;
import dev.tidings.engine.segmented.checkpoint.Checkpoint;
import dev.tidings.engine.segmented.checkpoint.Slots;
import dev.tidings.engine.segmented.checkpoint.Snapshot;
import dev.tidings.engine.segmented.dedup.DedupFiles;
import dev.tidings.engine.segmented.dedup.Seen;
import dev.tidings.engine.segmented.recovery.StoreFormat;
import dev.tidings.engine.segmented.segments.OpenFiles;
import dev.tidings.engine.segmented.segments.SegmentStore;
import dev.tidings.engine.segmented.state.Cursors;
import dev.tidings.engine.segmented.state.Memory;
import dev.tidings.engine.segmented.state.Streams;
import dev.tidings.engine.segmented.state.TailMemory;
import dev.tidings.engine.segmented.wal.Geometry;
import dev.tidings.engine.segmented.wal.RingPosition;
import dev.tidings.model.Bytes;
import dev.tidings.model.EventType;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes a new store of what can still be read of a damaged one: every event whose bytes hold, at its old position,
/// from whichever of segment, ring and snapshot has it; cursors, catalog and other rows as the newest snapshot that
/// holds and the records behind it tell them. The damaged store is only read.
///
/// What is written in the new store is durable when this returns; its slot comes last, so an attempt that was cut short
/// leaves a store without anything in it.
public final class Salvage {
    private static final int OPEN_FILES = 64;

    private final Disk damaged;
    private final Disk fresh;
    private final SegmentedConfig config;
    private final Function<Bytes, Optional<EventType>> typeOf;
    private final List<String> notes = new ArrayList<>();

    private Salvage(Disk damaged, Disk fresh, SegmentedConfig config, Function<Bytes, Optional<EventType>> typeOf) {
        this.damaged = damaged;
        this.fresh = fresh;
        this.config = config;
        this.typeOf = typeOf;
    }

    /// Salvages a store that nobody has open.
    ///
    /// @param fresh  an empty disk
    /// @param config of the new store; the shape of the ring is the old one's where that is known
    /// @param typeOf the type that the JSON of an event tells, for where nothing else does
    /// @throws CannotOpen where there is no store, or one of a newer program, or the other disk is not empty
    public static Salvaged salvage(
            Disk damaged, Disk fresh, SegmentedConfig config, Function<Bytes, Optional<EventType>> typeOf)
            throws IOException {
        for (String name : fresh.list("")) {
            if (!name.equals("lock")) {
                throw new CannotOpen("the directory for the new store is not empty: it holds '" + name + "'");
            }
        }
        return new Salvage(damaged, fresh, config, typeOf).salvage();
    }

    private Salvaged salvage() throws IOException {
        StoreFormat old = Remains.format(damaged, notes::add);
        Recollection known = Remains.of(damaged, notes::add);
        SegmentEntries entries = SegmentEntries.of(damaged);
        Geometry ring = old == null
                ? new Geometry(config.ring().files(), config.ring().fileSize().bytes())
                : old.ring();
        long seed = old == null ? new SecureRandom().nextLong() : old.seed();
        StoreFormat format = StoreFormat.openOrCreate(fresh, ring, () -> seed);
        try (OpenFiles files = new OpenFiles(fresh, OPEN_FILES)) {
            SegmentStore store = new SegmentStore(
                    fresh,
                    files,
                    new SegmentStore.Roll(config.stage().segmentSize().bytes(), Long.MAX_VALUE));
            Memory memory = new Memory(
                    new Streams(),
                    new Cursors(),
                    known.tables,
                    new TailMemory(Long.MAX_VALUE),
                    new Seen(config.rememberedEvents(), new DedupFiles(fresh)));
            StreamSalvage streams = new StreamSalvage(
                    new StreamSalvage.From(entries, known, typeOf, notes::add), store, memory, format.seed());
            List<Salvaged.OfStream> outcomes = streams.salvage();
            PayloadSalvage.copy(damaged, fresh, notes::add);
            write(memory, known.time);
            return new Salvaged(outcomes, notes);
        }
    }

    private void write(Memory memory, long time) throws IOException {
        memory.seen().durable();
        Checkpoint named = new Checkpoint(1, RingPosition.START, 0, 0);
        long length = Snapshot.write(
                fresh, named, memory, new Snapshot.Extras(memory.seen().save(), time));
        StoreFormat.syncNames(fresh);
        new Slots(fresh).write(new Checkpoint(1, RingPosition.START, 0, length));
    }
}
