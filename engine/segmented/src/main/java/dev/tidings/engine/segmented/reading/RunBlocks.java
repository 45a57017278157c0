package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.Corrupt;
import dev.tidings.engine.StoredEvent;
import dev.tidings.engine.segmented.format.EntryFormat;
import dev.tidings.engine.segmented.segments.Block;
import dev.tidings.engine.segmented.segments.Segment;
import dev.tidings.engine.segmented.state.StreamLog;
import org.jspecify.annotations.Nullable;

/// A run of blocks that was read, kept so that a sequential reader goes on in it where it stopped. Each block's
/// checksums are looked at when it is entered.
final class RunBlocks {
    final String path;
    final long first;
    final long next;
    private final String file;
    private final long offset;
    private final byte[] bytes;
    private final StreamLog stream;
    /// The block to enter next; the entry to read next, if before `blockEnd`.
    private int block;
    private int entry;
    private int blockEnd;
    private long position;

    /// @param span the positions the run holds, and where it begins in the file
    RunBlocks(Segment segment, StreamLog stream, Span span, byte[] bytes) {
        this.path = segment.path();
        this.file = segment.file();
        this.stream = stream;
        this.first = span.first;
        this.next = span.next;
        this.offset = span.offset;
        this.bytes = bytes;
        this.position = span.first;
    }

    record Span(long first, long next, long offset) {}

    boolean holds(long wanted) {
        return wanted >= first && wanted < next;
    }

    /// Gathers until done, or to the end of the run.
    void gather(Gather gather) {
        seek(gather.at);
        while (!gather.done() && gather.at < next) {
            if (entry >= blockEnd && !enter(gather)) {
                continue;
            }
            int type = EntryFormat.type(bytes, entry);
            if (position >= gather.at) {
                if (gather.selection.includes(type)) {
                    gather.add(EntryFormat.read(bytes, entry, gather.stream.types()[type]));
                }
                gather.at = position + 1;
            }
            step();
        }
    }

    /// The event at a position of this run.
    StoredEvent event(long wanted, StreamLog log) {
        seek(wanted);
        while (true) {
            if (entry >= blockEnd) {
                openBlock();
            }
            if (position == wanted) {
                return EntryFormat.read(bytes, entry, log.types()[EntryFormat.type(bytes, entry)]);
            }
            step();
        }
    }

    /// The first event of this run accepted at `millis` or later, or null where there is none.
    @Nullable
    StoredEvent eventAt(long millis, StreamLog log) {
        seek(first);
        while (position < next) {
            if (entry >= blockEnd) {
                openBlock();
            }
            if (EntryFormat.accepted(bytes, entry) >= millis) {
                return EntryFormat.read(bytes, entry, log.types()[EntryFormat.type(bytes, entry)]);
            }
            step();
        }
        return null;
    }

    private void seek(long wanted) {
        if (wanted < position) {
            block = 0;
            entry = 0;
            blockEnd = 0;
            position = first;
        }
    }

    private void step() {
        entry = EntryFormat.endOf(bytes, entry);
        position++;
    }

    /// Enters the next block, or steps over it where it holds nothing wanted.
    private boolean enter(Gather gather) {
        checkHeader();
        long blockNext = Block.next(bytes, block);
        boolean wanted = blockNext > gather.at && gather.selection.mayBeInBlock(bytes, block);
        if (!wanted) {
            block = Block.end(bytes, block);
            entry = block;
            blockEnd = block;
            position = blockNext;
            gather.skipTo(blockNext);
            return false;
        }
        openBlock();
        return true;
    }

    private void checkHeader() {
        if (!Block.headerHolds(bytes, block)
                || Block.stream(bytes, block) != stream.number()
                || Block.first(bytes, block) != position) {
            throw new Corrupt(file, offset + block, "no block with position %d begins here".formatted(position));
        }
    }

    private void openBlock() {
        checkHeader();
        if (!Block.bodyHolds(bytes, block)) {
            throw new Corrupt(file, offset + block, "the checksum of the block does not match");
        }
        entry = block + Block.HEADER;
        blockEnd = Block.end(bytes, block);
        block = blockEnd;
        checkEntries();
    }

    /// A checksum says that these bytes were written, not that they make sense.
    private void checkEntries() {
        int at = entry;
        long expected = position;
        do {
            if (!EntryFormat.holds(bytes, at, blockEnd)
                    || EntryFormat.position(bytes, at) != expected
                    || !isKnown(EntryFormat.type(bytes, at))) {
                throw new Corrupt(file, offset + at, "no event with position %d is here".formatted(expected));
            }
            at = EntryFormat.endOf(bytes, at);
            expected++;
        } while (at < blockEnd);
    }

    private boolean isKnown(int type) {
        return type >= 0 && type < stream.types().length;
    }
}
