package dev.tidings.bench.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// One long-polling consumer after another. Each makes some polls, confirming what the one before brought, and
/// then ends its instance, or forgets it, so that it expires.
final class Poller implements Runnable {
    private static final int MOST_POLLS = 200;

    private final HttpClient client;
    private final URI create;
    private final RandomGenerator random;
    private volatile boolean stopped;
    private final AtomicLong polls = new AtomicLong();

    Poller(HttpClient client, int port, RandomGenerator random) {
        this.client = client;
        this.create = URI.create(
                "http://127.0.0.1:%d/ce/consumers?group=polled&types=%s".formatted(port, Goods.plainTypes(1)));
        this.random = random;
    }

    void stop() {
        stopped = true;
    }

    /// How many have been answered.
    long polls() {
        return polls.get();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                live();
            }
        } catch (IOException gone) {
            stopped = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() throws IOException, InterruptedException {
        HttpResponse<Void> created = client.send(
                HttpRequest.newBuilder(create).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        String instance = created.headers()
                .firstValue("location")
                .orElseThrow(() -> new IOException("no instance: " + created.statusCode()));
        HttpRequest poll = HttpRequest.newBuilder(URI.create(instance + "/events?confirm=true&timeout=2&max=500"))
                .build();
        int life = random.nextInt(1, MOST_POLLS);
        for (int i = 0; i < life && !stopped; i++) {
            client.send(poll, BodyHandlers.discarding());
            polls.incrementAndGet();
        }
        if (random.nextBoolean()) {
            client.send(HttpRequest.newBuilder(URI.create(instance)).DELETE().build(), BodyHandlers.discarding());
        }
    }
}
