package dev.tidings.it;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The way to a broker that goes away now and then, and comes back at another address.
final class Line {
    private static final Duration A_WHILE = Duration.ofMillis(200);

    private Client producer;
    private Client consumer;

    Line(Client producer, Client consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    synchronized Client producer() {
        return producer;
    }

    synchronized Client consumer() {
        return consumer;
    }

    /// The broker has come back.
    synchronized void moved(Client newProducer, Client newConsumer) {
        producer = newProducer;
        consumer = newConsumer;
        notifyAll();
    }

    /// Waits until the broker has another address than this client's, or a while: it may come back where it was.
    synchronized void awaitMove(Client gone) throws InterruptedException {
        long end = System.nanoTime() + A_WHILE.toNanos();
        long left = A_WHILE.toMillis();
        while (left > 0 && producer.base().equals(gone.base())) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /// The answer; null where the broker went away.
    static @Nullable Reply ask(Client client, Call call) {
        try {
            Reply reply = client.sendAsync(call).join();
            return reply.status() == 503 ? null : reply;
        } catch (CompletionException | CancellationException _) {
            return null;
        }
    }
}
