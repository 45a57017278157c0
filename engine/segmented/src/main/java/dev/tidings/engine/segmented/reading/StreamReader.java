package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.EventReader;
import dev.tidings.engine.Partition;
import dev.tidings.engine.Slice;
import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.segmented.state.StreamLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Reads one stream: at once from memory or from the run it read last, otherwise on a reading thread.
final class StreamReader implements EventReader {
    /// So many bytes are looked through before it is somebody else's turn.
    private static final long TURN = 512 << 10;
    /// What it costs to see by the index that a run holds nothing wanted.
    private static final int PASSING = 512;

    private final Partition partition;
    private final Selection selection;
    private final Reads reads;
    private final Segments segments;
    private @Nullable StreamLog stream;
    private volatile @Nullable RunBlocks last;

    StreamReader(Partition partition, TypeSelection types, Reads reads) {
        this.partition = partition;
        this.selection = new Selection(types);
        this.reads = reads;
        this.segments = new Segments(reads.files(), reads.runs());
    }

    @Override
    public CompletionStage<Slice> read(long from, int maxBytes) {
        return read(from, maxBytes, Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<Slice> search(long from, int maxBytes, int maxScanned) {
        return read(from, maxBytes, maxScanned);
    }

    private CompletionStage<Slice> read(long from, int maxBytes, long maxScanned) {
        StreamLog log = stream();
        if (log == null) {
            return CompletableFuture.completedFuture(new Slice(List.of(), Math.max(from, 0), 0));
        }
        Gather gather = new Gather(log, selection, from, maxBytes);
        try {
            fromMemory(gather);
        } catch (Corrupt corrupt) {
            return CompletableFuture.failedFuture(reads.report(corrupt));
        }
        if (gather.atEnd() && last != null) {
            reads.leases().end(this);
        }
        return gather.done() || !gather.isEmpty()
                ? CompletableFuture.completedFuture(gather.slice())
                : fromDisk(gather, maxScanned);
    }

    /// Keeps nothing that was read from disk any more. Any thread.
    void giveUp() {
        last = null;
        segments.forget();
    }

    private @Nullable StreamLog stream() {
        if (stream == null && partition.number() == 0) {
            stream = reads.streams().find(partition.stream());
        }
        return stream;
    }

    private void fromMemory(Gather gather) {
        TailReads.gather(gather);
        RunBlocks run = last;
        if (!gather.done() && run != null && run.holds(gather.at)) {
            run.gather(gather);
            TailReads.gather(gather);
        }
    }

    private CompletionStage<Slice> fromDisk(Gather gather, long maxScanned) {
        CompletableFuture<Slice> slice = new CompletableFuture<>();
        takeTurn(slice, gather, maxScanned);
        return slice;
    }

    /// Where there is much to look through it takes several turns: others read between them.
    private void takeTurn(CompletableFuture<Slice> slice, Gather gather, long maxScanned) {
        try {
            reads.executor().execute(() -> complete(slice, gather, maxScanned));
        } catch (RejectedExecutionException _) {
            slice.completeExceptionally(reads.health().refused("the store is closed"));
        }
    }

    private void complete(CompletableFuture<Slice> slice, Gather gather, long maxScanned) {
        long turnEnds = gather.scanned() + TURN;
        try {
            while (!gather.done() && gather.scanned() < Math.min(turnEnds, maxScanned)) {
                readOn(gather);
            }
            if (gather.done() || gather.scanned() >= maxScanned) {
                slice.complete(gather.slice());
            } else {
                takeTurn(slice, gather, maxScanned);
            }
        } catch (Corrupt corrupt) {
            slice.completeExceptionally(reads.report(corrupt));
        } catch (IOException e) {
            slice.completeExceptionally(reads.health().refused("reading failed: " + e.getMessage()));
        } catch (RuntimeException | Error bug) {
            slice.completeExceptionally(bug);
        }
    }

    private void readOn(Gather gather) throws IOException {
        TailReads.gather(gather);
        if (gather.done()) {
            return;
        }
        try {
            fromSegment(gather);
        } catch (IOException e) {
            if (!gather.skipRemoved()) {
                throw e;
            }
        }
    }

    private void fromSegment(Gather gather) throws IOException {
        Segments.Spot spot = segments.find(gather.stream, gather.at);
        if (spot == null) {
            if (!gather.skipRemoved() && gather.stream.tail().get(gather.at) == null) {
                throw new IOException("position %d of %s is nowhere".formatted(gather.at, partition));
            }
        } else if (!selection.mayBeInRun(spot.index().types(spot.run()))) {
            gather.skipTo(spot.span().next());
            gather.scanned(PASSING);
        } else {
            RunBlocks run = segments.read(gather.stream, spot);
            last = run;
            reads.leases().take(this);
            run.gather(gather);
            gather.scanned(spot.length());
        }
    }

    @Override
    public void close() {
        reads.leases().end(this);
    }
}
