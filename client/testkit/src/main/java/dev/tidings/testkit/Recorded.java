package dev.tidings.testkit;

import java.time.Duration;

/// What has a flow to look at: a [TestBroker], a [RecordedBus].
public interface Recorded {
    /// What has happened so far, and what happens from now on.
    Flow flow();

    /// Waits until all that was fired is taken or refused, and all that was taken is handled, dead, or waiting
    /// for its next try, here or at the broker. Listeners that begin at `latest` or at a time are waited
    /// for as far as they have begun; and what was published before the clock leapt only by those who had begun it.
    ///
    /// @throws AssertionError that says what is open after so long
    void settle(Duration atMost);

    /// The same, within ten seconds.
    default void settle() {
        settle(Duration.ofSeconds(10));
    }
}
