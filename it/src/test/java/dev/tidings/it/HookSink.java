package dev.tidings.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/// A receiver of web hooks, which answers as it is told to and remembers what came.
final class HookSink implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Hook> hooks = new ArrayList<>();
    private final Map<String, ToIntFunction<Hook>> manners = new ConcurrentHashMap<>();

    /// A delivery, in binary mode.
    record Hook(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        String id() {
            return header("ce-id");
        }
    }

    HookSink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /// Its address at a path.
    String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /// Answers deliveries at a path with what this says.
    void answering(String path, ToIntFunction<Hook> manner) {
        manners.put(path, manner);
    }

    /// What came to a path so far, in order.
    synchronized List<Hook> hooks(String path) {
        return hooks.stream().filter(hook -> hook.path.equals(path)).toList();
    }

    List<String> ids(String path) {
        return hooks(path).stream().map(Hook::id).toList();
    }

    /// Waits until so many deliveries came to a path.
    List<String> awaitIds(String path, int many) {
        await(() -> hooks(path).size() >= many);
        return ids(path);
    }

    synchronized void await(BooleanSupplier holds) {
        long deadline = System.nanoTime() + Deadline.GENEROUS.toNanos();
        while (!holds.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("it did not happen; what came: " + hooks);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("OPTIONS")) {
                exchange.getResponseHeaders()
                        .set(
                                "WebHook-Allowed-Origin",
                                exchange.getRequestHeaders().getFirst("WebHook-Request-Origin"));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            Hook hook = new Hook(path, Map.copyOf(exchange.getRequestHeaders()), body);
            int status = manners.getOrDefault(path, _ -> 200).applyAsInt(hook);
            synchronized (this) {
                hooks.add(hook);
                notifyAll();
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
