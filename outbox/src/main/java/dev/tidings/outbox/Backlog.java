package dev.tidings.outbox;

import java.time.Duration;

/// What is in an outbox.
///
/// @param waiting how many events wait to be published; at most [#COUNTED] are counted
/// @param age     how long ago the first of them was added; zero where none waits
/// @param refused how many events the broker has refused, of those at most [#COUNTED]
public record Backlog(int waiting, Duration age, int refused) {
    /// Whoever counts to this number goes no further.
    public static final int COUNTED = 10_000;
}
