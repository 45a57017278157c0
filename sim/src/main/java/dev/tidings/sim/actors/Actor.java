package dev.tidings.sim.actors;

/// Somebody who does this and that for a while, on a thread outside of the process.
@FunctionalInterface
interface Actor {
    void act();
}
