package dev.tidings.sim;

/// A line on the screen that says how far we are.
final class Progress {
    private static final long EVERY = 500_000_000;

    private final long count;
    private final long began = System.nanoTime();
    private long told = began;
    private long lived;
    private long steps;

    Progress(long count) {
        this.count = count;
    }

    void lived(long stepsOfOne) {
        lived++;
        steps += stepsOfOne;
        long now = System.nanoTime();
        if (now - told > EVERY) {
            told = now;
            tell(now);
        }
    }

    void end() {
        if (count > 1) {
            tell(System.nanoTime());
            System.err.println();
        }
    }

    private void tell(long now) {
        double seconds = (now - began) / 1e9;
        System.err.printf(
                "\r%d of %d worlds, %.0f a second, %.0f steps each ",
                lived, count, lived / seconds, (double) steps / Math.max(1, lived));
    }
}
