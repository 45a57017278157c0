package dev.tidings.engine.segmented.segments;

import org.jspecify.annotations.Nullable;

/// A run of a stream's events in a file, as it is at one time: a value, replaced as the segment grows.
///
/// @param path    without ending: `.seg` holds the blocks, `.ix` the index once it is sealed
/// @param first   the position of its first event
/// @param next    the position after its last
/// @param bytes   how much of the file counts
/// @param summary what is in it, by type
/// @param index   while it grows; null once it is sealed, when the index is in its file
public record Segment(
        String path,
        long first,
        long next,
        long bytes,
        Summary summary,
        @Nullable SegmentIndex index) {

    public boolean sealed() {
        return index == null;
    }

    public String file() {
        return path + ".seg";
    }

    public String indexFile() {
        return path + ".ix";
    }

    public Segment seal() {
        return new Segment(path, first, next, bytes, summary, null);
    }
}
