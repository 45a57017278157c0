package dev.tidings.testkit;

import java.time.Duration;

/// Lets go wrong what goes wrong between programs and brokers. It happens on the way to [TestBroker#address],
/// to every program that uses it. May be used by any thread.
public final class Failures {
    private final Detour detour;
    private final Shuffle shuffle;

    Failures(Detour detour, Shuffle shuffle) {
        this.detour = detour;
        this.shuffle = shuffle;
    }

    /// Cuts all connections, in the middle of whatever they carry.
    public void disconnect() {
        detour.cut();
    }

    /// Cuts all connections and lets none come about, until [#calm].
    public void away() {
        detour.away();
    }

    /// Loses the broker's next answers to producers, and the connections that carry them: it has done what it was
    /// asked to, and they don't know.
    public void loseAnswers(int next) {
        detour.loseAnswers(next);
    }

    /// Loses the next confirmations (or reports of dead events) of listeners that are connected by WebSocket,
    /// and the connections that carry them: what they have handled comes again. So it is that duplicates come
    /// about.
    public void loseConfirmations(int next) {
        detour.loseConfirmations(next);
    }

    /// Delays whatever is carried, in both directions, until [#calm].
    public void slow(Duration by) {
        detour.slow(by);
    }

    /// The next so many handlers of the testkit's buses wait for each other, and do their work one after the
    /// other in an order that the seed draws, the same for the same keys. They have events of different keys:
    /// the order of a key is never broken. No more than the listeners can do at the same time
    /// ([dev.tidings.client.Listening#concurrency]).
    public void reorder(int handlers, long seed) {
        shuffle.next(handlers, seed);
    }

    /// Everything is as usual again.
    public void calm() {
        detour.calm();
        shuffle.end();
    }
}
