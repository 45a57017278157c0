package dev.tidings.bench.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicLong;

/// A client that polls, confirms, now and then reports an event as dead, goes away without confirming, and opens its
/// instance anew.
final class Poller implements Runnable {
    private static final int DEAD_EACH = 50;
    private static final int GONE_EACH = 200;
    private static final String EVENT = "application/cloudevents+json";

    private final String base;
    private final AtomicLong troubles;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile boolean stopped;

    /// @param troubles counts answers that were not expected
    Poller(int port, AtomicLong troubles) {
        this.base = "http://127.0.0.1:" + port;
        this.troubles = troubles;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                live();
            } catch (IOException e) {
                troubles.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// From the opening of an instance to its end, of which the broker is not told each second time.
    private void live() throws IOException, InterruptedException {
        HttpResponse<String> opened = send("POST", base + "/ce/consumers?group=polled", "");
        if (opened.statusCode() != 201) {
            troubles.incrementAndGet();
            return;
        }
        String instance = opened.headers().firstValue("location").orElseThrow();
        for (int polls = 1; polls < GONE_EACH && !stopped; polls++) {
            if (polls % DEAD_EACH == 0) {
                report(instance);
            } else {
                expect(send("GET", instance + "/events?timeout=1&max=500", ""), 200);
                expect(send("POST", instance + "/confirm", ""), 204);
            }
        }
        send("GET", instance + "/events?timeout=1&max=10", "");
        expect(send("DELETE", instance, ""), 204);
    }

    /// Reports the next event as dead, and has all dead events discarded.
    private void report(String instance) throws IOException, InterruptedException {
        HttpResponse<String> event = send("GET", instance + "/event?timeout=1", "");
        if (event.statusCode() == 200) {
            expect(send("POST", instance + "/dead", event.body()), 202);
            expect(send("DELETE", base + "/admin/dead?all=true", ""), 200);
        }
    }

    private void expect(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status && answer.statusCode() != 204) {
            troubles.incrementAndGet();
        }
    }

    private HttpResponse<String> send(String method, String address, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.method(method, BodyPublishers.ofString(body)).header("content-type", EVENT);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
