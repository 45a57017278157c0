package dev.tidings.engine.segmented;

/// Where an engine's threads come from. Everything an engine does for long it does on one of them, so whoever makes
/// them decides what runs when: a simulation steps them all, one at a time.
@FunctionalInterface
public interface Threads {
    /// Threads of the operating system, which don't keep a process alive.
    Threads PLATFORM = (name, what) -> Thread.ofPlatform().daemon().name(name).unstarted(what);

    /// A thread that is not started yet.
    Thread unstarted(String name, Runnable what);
}
