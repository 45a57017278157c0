package dev.tidings.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// A receiver of web hooks, which answers as it is told to and remembers what came.
final class HookSink implements AutoCloseable {
    private static final String AGREEMENT = "WebHook-Allowed-Origin";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Hook> hooks = new ArrayList<>();
    private final List<Hook> questions = new ArrayList<>();
    private final Map<String, ToIntFunction<Hook>> manners = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> headers = new ConcurrentHashMap<>();

    /// A request.
    record Hook(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        /// Of an event in binary mode.
        String id() {
            return header("ce-id");
        }
    }

    private HookSink(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    HookSink() {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    HookSink(InetSocketAddress address) {
        this(plain(address));
    }

    /// One that speaks TLS, and demands a certificate of who calls it.
    static HookSink demanding(SSLContext tls) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters demanding = tls.getDefaultSSLParameters();
                    demanding.setNeedClientAuth(true);
                    parameters.setSSLParameters(demanding);
                }
            });
            return new HookSink(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer plain(InetSocketAddress address) {
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its address at a path.
    String at(String path) {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port() + path;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// Answers deliveries at a path with what this says.
    void answering(String path, ToIntFunction<Hook> manner) {
        manners.put(path, manner);
    }

    /// Says this to everything at a path, in place of an agreement to be called.
    void saying(String path, Map<String, String> more) {
        headers.put(path, more);
    }

    /// Agrees again, and says nothing besides.
    void agreeing(String path) {
        headers.remove(path);
    }

    /// What came to a path so far, in order.
    synchronized List<Hook> hooks(String path) {
        return hooks.stream().filter(hook -> hook.path.equals(path)).toList();
    }

    /// How it was asked there for its permission, in order.
    synchronized List<Hook> questions(String path) {
        return questions.stream().filter(question -> question.path.equals(path)).toList();
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
            Hook hook = new Hook(path, Map.copyOf(exchange.getRequestHeaders()), body);
            headers.getOrDefault(path, Map.of(AGREEMENT, "*")).forEach(exchange.getResponseHeaders()::set);
            boolean asked = exchange.getRequestMethod().equals("OPTIONS");
            int status = asked ? 200 : manners.getOrDefault(path, _ -> 200).applyAsInt(hook);
            synchronized (this) {
                (asked ? questions : hooks).add(hook);
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
