package dev.tidings.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Answers what it was told to answer, in that order, and remembers what it was asked.
final class FakeBroker implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Canned> answers = new ArrayDeque<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    FakeBroker() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeBroker answers(int status, String body) {
        return answers(status, body, Map.of());
    }

    FakeBroker answers(int status, String body, Map<String, String> headers) {
        answers.add(new Canned(status, body, headers));
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                String.valueOf(exchange.getRequestHeaders().getFirst("content-type")),
                String.valueOf(exchange.getRequestHeaders().getFirst("authorization")),
                String.valueOf(exchange.getRequestHeaders().getFirst("if-match")),
                body));
        Canned canned = answers.isEmpty() ? new Canned(500, "nothing left to answer", Map.of()) : answers.poll();
        byte[] bytes = canned.body.getBytes(StandardCharsets.UTF_8);
        canned.headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(canned.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    record Asked(String line, String contentType, String authorization, String ifMatch, String body) {}

    private record Canned(int status, String body, Map<String, String> headers) {}
}
