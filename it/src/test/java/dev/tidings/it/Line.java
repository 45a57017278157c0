package dev.tidings.it;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The way to a broker that goes away now and then, and comes back at another address.
final class Line {
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

    /// Waits until the broker has another address than this client's.
    synchronized void awaitMove(Client gone) throws InterruptedException {
        long end = System.nanoTime() + Deadline.GENEROUS.toNanos();
        while (producer.base().equals(gone.base())) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("the broker at " + gone.base() + " went away and did not come back");
            }
            wait(left);
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
