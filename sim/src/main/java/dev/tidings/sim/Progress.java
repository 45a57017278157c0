package dev.tidings.sim;

/// A line on the screen that says how far we are.
final class Progress {
    private static final long EVERY = 500_000_000;
    private static final int BAR = 30;

    private final long count;
    private final boolean screen;
    private final long began = System.nanoTime();
    private long told = began;
    private long lived;
    private long steps;

    /// @param screen whether somebody watches
    Progress(long count, boolean screen) {
        this.count = count;
        this.screen = screen;
    }

    void lived(long stepsOfOne) {
        lived++;
        steps += stepsOfOne;
        long now = System.nanoTime();
        if (screen && now - told > EVERY) {
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
        String done = "#".repeat((int) (BAR * lived / count));
        System.err.printf(
                "\r[%-" + BAR + "s] %d of %d worlds, %.0f a second, %.0f steps each ",
                done,
                lived,
                count,
                lived / seconds,
                (double) steps / Math.max(1, lived));
    }
}
