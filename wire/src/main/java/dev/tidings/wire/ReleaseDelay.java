package dev.tidings.wire;

import dev.tidings.model.DurationText;
import java.time.Duration;
import java.util.Optional;

/// After how long a released event is delivered again, as consumers write it: `250ms`, `5s`, `1h30m`, or a number
/// alone, in seconds.
public final class ReleaseDelay {
    public static final Duration LONGEST = Duration.ofDays(7);
    public static final String EXPECTED = "a delay such as 250ms, 5s, 1h or 90 (seconds), at most 7d";

    private static final int MOST_DIGITS = 6;

    private ReleaseDelay() {}

    public static Optional<Duration> parse(String text) {
        boolean seconds =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return DurationText.parse(seconds ? text + "s" : text).filter(delay -> delay.compareTo(LONGEST) <= 0);
    }
}
