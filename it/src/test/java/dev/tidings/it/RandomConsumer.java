package dev.tidings.it;

import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/// Opens instances one after the other, reads, confirms this and that, reports some events as dead, and ends them or
/// just stops calling.
///
/// @param enough set when it should come to an end
record RandomConsumer(Line line, Journal journal, Random random, AtomicBoolean enough) implements Callable<String> {
    @Override
    public String call() throws InterruptedException {
        int lives = 0;
        while (!enough.get()) {
            Client client = line.consumer();
            boolean there = random.nextInt(3) == 0
                    ? new ListeningLife(client, journal, random).live(random.nextInt(60))
                    : new PollingLife(client, journal, random).live(random.nextInt(8));
            if (!there) {
                line.awaitMove(client);
            }
            lives++;
        }
        return lives + " instances";
    }
}
