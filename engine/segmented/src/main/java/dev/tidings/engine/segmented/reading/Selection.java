package dev.tidings.engine.segmented.reading;

import dev.tidings.engine.TypeSelection;
import dev.tidings.engine.segmented.format.Lost;
import dev.tidings.engine.segmented.segments.Block;
import dev.tidings.model.EventType;
import java.util.Arrays;

/// A [TypeSelection] by the type numbers of one stream, which never includes what is [Lost]. Belongs to a reader.
final class Selection {
    private final TypeSelection types;
    private final boolean all;
    private final long[] blockBits = new long[Block.TYPE_BITS / Long.SIZE];
    private boolean[] selected = {};
    private long runBits;
    private int looked;
    private int lost = -1;

    Selection(TypeSelection types) {
        this.types = types;
        this.all = types instanceof TypeSelection.All;
    }

    /// Looks at the types that have come up since the last time.
    void learn(EventType[] known) {
        if (known.length == looked) {
            return;
        }
        selected = Arrays.copyOf(selected, known.length);
        for (int number = looked; number < known.length; number++) {
            if (known[number].equals(Lost.TYPE)) {
                lost = number;
            } else if (types.includes(known[number])) {
                select(number);
            }
        }
        looked = known.length;
    }

    private void select(int number) {
        selected[number] = true;
        int bit = number % Block.TYPE_BITS;
        blockBits[bit / Long.SIZE] |= 1L << bit;
        runBits |= 1L << bit;
    }

    boolean all() {
        return all;
    }

    boolean includes(int typeNumber) {
        return all ? typeNumber != lost : selected[typeNumber];
    }

    boolean mayBeInRun(long bits) {
        return all || (runBits & bits) != 0;
    }

    boolean mayBeInBlock(byte[] array, int at) {
        return all || Block.mayHold(array, at, blockBits);
    }
}
