package dev.tidings.engine;

/// The positions a partition holds: from [#first] (inclusive) to [#next] (exclusive). The first position is 0;
/// what retention removed lies below [#first].
public record Extent(long first, long next) {
    public static final Extent EMPTY = new Extent(0, 0);

    public boolean isEmpty() {
        return first == next;
    }
}
