package dev.tidings.callback.delivery;

import dev.tidings.broker.subscriptions.Retries;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// When a failed delivery is tried again: exponential back-off with full jitter, for a given time. Pure but for the
/// random numbers it is given.
///
/// What an event has behind it follows from the number of its attempts alone, which is stored with its group's cursor:
/// so a restart changes nothing. The waits are random, but their mean is known, and it is by their mean that they
/// add up to the time after which an event is given up.
///
/// @param first   the longest the first wait may be; doubled with each attempt
/// @param longest the longest that any wait may be
/// @param giveUp  for how long it is tried
public record Backoff(Duration first, Duration longest, Duration giveUp) {
    private static final Duration SHORTEST = Retries.SHORTEST;

    public Backoff {
        if (first.compareTo(SHORTEST) < 0 || longest.compareTo(first) < 0 || giveUp.isNegative()) {
            throw new IllegalArgumentException(
                    "first is at least %s, longest at least first, give-up not negative;".formatted(SHORTEST)
                            + " found %s, %s, %s".formatted(first, longest, giveUp));
        }
    }

    /// The same, but for what a subscription says.
    Backoff as(Retries own) {
        Duration newFirst = own.first() == null ? first : own.first();
        Duration newLongest = own.longest() == null ? longest : own.longest();
        return new Backoff(
                newFirst,
                newLongest.compareTo(newFirst) < 0 ? newFirst : newLongest,
                own.giveUp() == null ? giveUp : own.giveUp());
    }

    /// How long to wait after this many failed attempts, at least one; nothing where it is to be given up.
    public Optional<Duration> after(int attempts, RandomGenerator random) {
        if (attempts >= mostAttempts()) {
            return Optional.empty();
        }
        long most = most(attempts).toNanos();
        return Optional.of(Duration.ofNanos(random.nextLong(SHORTEST.toNanos(), most + 1)));
    }

    /// After how many failed attempts an event is given up.
    public int mostAttempts() {
        long left = giveUp.toNanos();
        int attempts = 1;
        while (most(attempts).compareTo(longest) < 0) {
            left -= mean(attempts);
            if (left < 0) {
                return attempts;
            }
            attempts++;
        }
        return (int) Math.min(Integer.MAX_VALUE / 2, attempts + left / mean(attempts));
    }

    private Duration most(int attempts) {
        Duration most = first;
        for (int i = 1; i < attempts && most.compareTo(longest) < 0; i++) {
            most = most.multipliedBy(2);
        }
        return most.compareTo(longest) < 0 ? most : longest;
    }

    private long mean(int attempts) {
        return (SHORTEST.toNanos() + most(attempts).toNanos()) / 2;
    }
}
