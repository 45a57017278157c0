package dev.tidings.engine;

import java.time.Instant;
import java.util.List;

/// What became of a batch.
///
/// @param at     the time of acceptance that its events got
/// @param places for each entry in order, where it stands
public record Appended(Instant at, List<Place> places) {
    public Appended {
        places = List.copyOf(places);
    }

    public int duplicates() {
        int count = 0;
        for (Place place : places) {
            if (place instanceof Place.Duplicate) {
                count++;
            }
        }
        return count;
    }

    /// Where an entry stands.
    public sealed interface Place {
        record Stored(Partition partition, long position) implements Place {}

        /// It was stored before.
        record Duplicate() implements Place {}
    }
}
