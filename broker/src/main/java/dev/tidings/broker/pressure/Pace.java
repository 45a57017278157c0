package dev.tidings.broker.pressure;

/// Permits that come evenly, so many in a second. What is not taken is saved up for a tenth of a second, and is one
/// permit at least. For one thread, or under a lock.
public final class Pace {
    private static final long SECOND = 1_000_000_000L;
    private static final int BURSTS = 10;

    private long interval;
    private long saved;
    /// When everything taken so far will have been earned.
    private long earned;

    /// @param rate permits in a second, at least one
    /// @param now  in nanoseconds of a clock that never goes back
    public Pace(int rate, long now) {
        setRate(rate);
        earned = now;
    }

    /// Goes on at another rate; what was taken ahead is paid off by the new one.
    public void rate(int rate, long now) {
        long taken = Math.max(0, earned - now) / interval;
        setRate(rate);
        earned = now + Math.min(taken * interval, saved);
    }

    /// Takes one, whether it is there or not.
    public void take(long now) {
        earned = Math.max(0, earned - now) + now + interval;
    }

    /// One was taken in vain.
    public void giveBack() {
        earned -= interval;
    }

    /// In how many nanoseconds one can be taken; 0: now.
    public long waits(long now) {
        return Math.max(0, earned - now + interval - saved);
    }

    private void setRate(int rate) {
        interval = (SECOND + rate - 1) / rate;
        saved = interval * Math.max(1, rate / BURSTS);
    }
}
