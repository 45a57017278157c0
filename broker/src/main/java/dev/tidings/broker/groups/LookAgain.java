package dev.tidings.broker.groups;

import java.time.Duration;

/// Asks for a turn a little later, once at a time: others may give back what they hold without a group's hearing of it.
/// Belongs to the loop.
final class LookAgain {
    private static final Duration SOON = Duration.ofMillis(100);

    private final Facilities facilities;
    private boolean asked;

    LookAgain(Facilities facilities) {
        this.facilities = facilities;
    }

    void soon() {
        if (!asked) {
            asked = true;
            facilities.loop().after(SOON, () -> {
                asked = false;
                facilities.turn().ask();
            });
        }
    }
}
