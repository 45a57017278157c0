package dev.tidings.broker.dead;

import dev.tidings.model.DataSize;

/// How much one request about dead events may do.
///
/// @param page   how many events a page holds at most, and how many are settled at a time
/// @param search how much is searched at most for one page (the last slice may overshoot)
/// @param lanes  how many clients' lanes are searched at most for one page
/// @param rounds how often programs may repair an event before it is left to people
public record DeadConfig(int page, DataSize search, int lanes, int rounds) {
    private static final DataSize MOST_SEARCHED = DataSize.ofMebibytes(32);
    public static final DeadConfig DEFAULT = new DeadConfig(100, DataSize.ofMebibytes(4), 100, 3);

    public DeadConfig {
        if (page < 1 || page > 1_000) {
            throw new IllegalArgumentException("page is 1 to 1000, found " + page);
        }
        if (search.bytes() < 1 || search.compareTo(MOST_SEARCHED) > 0) {
            throw new IllegalArgumentException("search is 1B to " + MOST_SEARCHED + ", found " + search);
        }
        if (lanes < 1 || lanes > 200) {
            throw new IllegalArgumentException("lanes is 1 to 200, found " + lanes);
        }
        if (rounds < 0 || rounds > 1_000) {
            throw new IllegalArgumentException("rounds is 0 to 1000, found " + rounds);
        }
    }
}
