package dev.tidings.outbox;

/// What became of one turn of a relay.
enum Turn {
    /// Something was published, or set aside: there may be more.
    SETTLED,
    /// Nothing waits.
    EMPTY,
    /// Another relay is at it.
    FOLLOWED,
    /// The broker could not take anything.
    AWAY
}
