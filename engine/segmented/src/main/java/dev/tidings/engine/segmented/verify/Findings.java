package dev.tidings.engine.segmented.verify;

import java.util.List;

/// What a look at a store has found.
///
/// @param damage  what does not hold, in the order found; none: all is as it was written
/// @param notes   what is odd and harms nothing
/// @param content what does hold
public record Findings(List<Damage> damage, List<String> notes, Content content) {
    public Findings {
        damage = List.copyOf(damage);
        notes = List.copyOf(notes);
    }

    /// Bytes that are not what was written, or are missing.
    ///
    /// @param file   relative to the store
    /// @param offset where in it
    public record Damage(String file, long offset, String what) {
        @Override
        public String toString() {
            return "%s at byte %d: %s".formatted(file, offset, what);
        }
    }

    /// How much there is.
    ///
    /// @param events in segments and behind them
    /// @param bytes  of segments
    public record Content(int streams, int segments, long events, long bytes) {
        public static final Content NONE = new Content(0, 0, 0, 0);
    }
}
