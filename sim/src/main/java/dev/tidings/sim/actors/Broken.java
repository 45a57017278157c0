package dev.tidings.sim.actors;

/// A world in which a promise was broken, or that came to a stop.
public final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(long step, Throwable cause) {
        super("at step " + step + ": " + cause.getMessage(), cause);
    }
}
