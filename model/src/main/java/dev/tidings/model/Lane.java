package dev.tidings.model;

/// What an instance can ask for: the standard events of its group, the client's test events, the client's dead
/// events.
public enum Lane {
    EVENTS,
    TEST,
    DEAD
}
