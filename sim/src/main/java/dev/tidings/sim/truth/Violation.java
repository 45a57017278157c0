package dev.tidings.sim.truth;

/// The broker broke a promise.
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String statement, String how) {
        super(statement + ": " + how);
    }
}
