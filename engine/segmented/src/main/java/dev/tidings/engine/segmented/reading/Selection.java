package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.segmented.segments.Block;
import dev.tidings.model.EventType;
import java.util.Arrays;

/// A [TypeSelection] by the type numbers of one stream. Belongs to a reader.
final class Selection {
    private final TypeSelection types;
    private final boolean all;
    private final long[] blockBits = new long[Block.TYPE_BITS / Long.SIZE];
    private boolean[] selected = {};
    private long runBits;

    Selection(TypeSelection types) {
        this.types = types;
        this.all = types instanceof TypeSelection.All;
    }

    /// Looks at the types that have come up since the last time.
    void learn(EventType[] known) {
        if (all || known.length == selected.length) {
            return;
        }
        int from = selected.length;
        selected = Arrays.copyOf(selected, known.length);
        for (int number = from; number < known.length; number++) {
            if (types.includes(known[number])) {
                selected[number] = true;
                int bit = number % Block.TYPE_BITS;
                blockBits[bit / Long.SIZE] |= 1L << bit;
                runBits |= 1L << bit;
            }
        }
    }

    boolean all() {
        return all;
    }

    boolean includes(int typeNumber) {
        return all || selected[typeNumber];
    }

    boolean mayBeInRun(long bits) {
        return all || (runBits & bits) != 0;
    }

    boolean mayBeInBlock(byte[] array, int at) {
        return all || Block.mayHold(array, at, blockBits);
    }
}
