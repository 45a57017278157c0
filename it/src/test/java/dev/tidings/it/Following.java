package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// An answer that goes on, line by line.
final class Following implements AutoCloseable {
    static final String LINES = "application/x-ndjson";
    static final String MESSAGES = "text/event-stream";
    private static final String END = "the end";

    private final HttpResponse<Stream<String>> response;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Following(HttpResponse<Stream<String>> response) {
        this.response = response;
        Thread.ofVirtual().start(this::listen);
    }

    /// Begins to follow; the answer has begun when this returns.
    static Following of(Client client, String address, String accept, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(client.base() + address))
                .header("Accept", accept)
                .header("Authorization", "Bearer " + client.token());
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<Stream<String>> response =
                Deadline.await(client.http().sendAsync(request.build(), BodyHandlers.ofLines()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(accept);
        return new Following(response);
    }

    HttpResponse<Stream<String>> response() {
        return response;
    }

    /// The next lines that hold anything.
    List<String> next(int count) {
        List<String> next = new ArrayList<>();
        while (next.size() < count) {
            String line = line();
            assertThat(line).as("behind %s", next).isNotEqualTo(END);
            if (!line.isEmpty()) {
                next.add(line);
            }
        }
        return next;
    }

    /// The next events, each on a line of its own.
    List<JsonNode> events(int count) {
        return next(count).stream().map(Json::parse).toList();
    }

    /// The lines up to the one that begins so, this one included; empty ones are left out.
    List<String> until(String beginning) {
        List<String> all = new ArrayList<>();
        do {
            all.addAll(next(1));
        } while (!all.getLast().startsWith(beginning));
        return all;
    }

    /// What comes until it ends, which it must.
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        for (String line = line(); !line.equals(END); line = line()) {
            if (!line.isEmpty()) {
                rest.add(line);
            }
        }
        return rest;
    }

    private String line() {
        try {
            String line = lines.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
            assertThat(line).as("a line in time").isNotNull();
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void listen() {
        try (Stream<String> body = response.body()) {
            body.forEach(lines::add);
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isInstanceOf(IOException.class);
        }
        lines.add(END);
    }

    /// Hangs up.
    @Override
    public void close() {
        response.body().close();
    }
}
