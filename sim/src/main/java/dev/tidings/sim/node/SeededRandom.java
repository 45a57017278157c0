package dev.tidings.sim.node;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Not secure at all: the same seed gives the same.
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient SplittableRandom random;

    SeededRandom(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
