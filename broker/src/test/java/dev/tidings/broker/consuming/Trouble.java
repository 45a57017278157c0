package dev.tidings.broker.consuming;

import dev.tidings.engine.Unavailable;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionException;

/// What happens to the store and to time in a [Simulation]: appends and reads are held, pass and fail.
record Trouble(Random random, Room room) {
    void next() {
        var appends = room.engine.appends();
        var reads = room.engine.reads();
        switch (random.nextInt(10)) {
            case 0 -> appends.shut();
            case 1 -> appends.open();
            case 2 -> reads.shut();
            case 3, 4 -> reads.open();
            case 5 -> {
                if (appends.waiting() > 0) {
                    appends.fail(unavailable(Unavailable.Effect.NONE));
                }
            }
            case 6 -> {
                if (appends.waiting() > 0) {
                    appends.passAndFail(unavailable(Unavailable.Effect.UNKNOWN));
                }
            }
            case 7 -> {
                if (appends.waiting() > 0) {
                    appends.pass();
                }
            }
            case 8 -> {
                if (reads.waiting() > 0) {
                    reads.pass();
                }
            }
            default -> room.loop.advance(Duration.ofMillis(random.nextInt(300)));
        }
    }

    static boolean isWithoutEffect(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof Unavailable unavailable && unavailable.effect() == Unavailable.Effect.NONE;
    }

    private static Unavailable unavailable(Unavailable.Effect effect) {
        return new Unavailable("on command", effect, Duration.ofSeconds(1));
    }
}
