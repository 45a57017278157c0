package dev.tidings.client.spool;

/// A place between two events.
///
/// @param number  of the event behind it
/// @param segment the first number of the file in which that event is, or would be
/// @param offset  where in the file
record Place(long number, long segment, long offset) {
    /// Before everything.
    static final Place START = startOf(0);

    static Place startOf(long segment) {
        return new Place(segment, segment, Segment.HEADER);
    }
}
