package dev.tidings.engine.testkit.disk;

import dev.tidings.engine.testkit.disk.Crash.Part;
import dev.tidings.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/// A file without its names: what readers see, what would survive any crash, and the changes between the two.
final class Inode {
    private final Content seen;
    private final Content durable;
    private final List<Change> unsynced = new ArrayList<>();

    private sealed interface Change {
        record Written(Bytes bytes, long position) implements Change {}

        record Length(long size) implements Change {}
    }

    Inode() {
        this(new Content());
    }

    private Inode(Content found) {
        this.seen = found;
        this.durable = found.copy();
    }

    Content seen() {
        return seen;
    }

    void write(byte[] bytes, long position) {
        seen.write(bytes, new Part(0, bytes.length), position);
        unsynced.add(new Change.Written(Bytes.of(bytes), position));
    }

    void length(long size) {
        seen.length(size);
        unsynced.add(new Change.Length(size));
    }

    void sync() {
        settle(Crash.OF_THE_PROCESS);
    }

    /// A failed sync: some of the changes became durable, and no later sync will try the others again.
    void failSync(Crash crash) {
        settle(crash);
    }

    private void settle(Crash crash) {
        unsynced.forEach(change -> apply(change, durable, crash));
        unsynced.clear();
    }

    void flipBit(long position) {
        seen.flipBit(position);
        durable.flipBit(position);
    }

    Inode recovered(Crash crash) {
        Content found = durable.copy();
        unsynced.forEach(change -> apply(change, found, crash));
        return new Inode(found);
    }

    private static void apply(Change change, Content to, Crash crash) {
        switch (change) {
            case Change.Written(Bytes bytes, long position) ->
                crash.left(position, bytes.length()).forEach(part -> to.write(bytes.array(), part, position));
            case Change.Length(long size) -> {
                if (crash.lengthLeft()) {
                    to.length(size);
                }
            }
        }
    }
}
