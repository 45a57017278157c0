package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidings.client.Bus;
import dev.tidings.client.Connecting;
import dev.tidings.client.Credentials;
import dev.tidings.client.DeadEventException;
import dev.tidings.client.Listener;
import dev.tidings.client.Listening;
import dev.tidings.client.Tidings;
import dev.tidings.client.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Listeners of the Java SDK where WebSockets do not pass.
class TransportTest {
    private static final List<String> HOP_BY_HOP =
            List.of("connection", "upgrade", "host", "content-length", "transfer-encoding", "http2-settings");

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient onward = HttpClient.newHttpClient();
    private HttpServer proxy;
    private Bus shop;

    @BeforeEach
    void open() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", this::relay);
        proxy.setExecutor(threads);
        proxy.start();
        shop = connecting(broker.client("shop").base(), "shop").open();
    }

    @AfterEach
    void close() {
        shop.close();
        proxy.stop(0);
        threads.shutdownNow();
        onward.shutdownNow();
    }

    @Test
    void listensByLongPollingWhereAskedTo() throws InterruptedException {
        try (Bus desk = connecting(broker.client("desk").base(), "desk")
                .transport(Transport.LONG_POLLING)
                .open()) {
            handlesReportsAndGoesOnWhereItWas(desk);
        }
    }

    @Test
    void listensByLongPollingWhereAProxyKnowsNoWebSockets() throws InterruptedException {
        String address = "http://localhost:" + proxy.getAddress().getPort();
        try (Bus desk = connecting(address, "desk").open()) {
            handlesReportsAndGoesOnWhereItWas(desk);
        }
    }

    private void handlesReportsAndGoesOnWhereItWas(Bus desk) throws InterruptedException {
        Listener first = listen(desk, "first");
        fire("a", "bad", "b");
        assertThat(List.of(next(), next(), next())).containsExactly("first a", "first bad", "first b");
        first.close();

        listen(desk, "second");
        fire("c");

        assertThat(next()).isEqualTo("second c");
        PolledInstance dead = broker.client("desk").poll("dead=true&events=false&test=false");
        assertThat(Json.ids(dead.events(1))).containsExactly("bad");
    }

    private Listener listen(Bus desk, String who) {
        return desk.listen(Listening.to("print", Shop.PLACED), event -> {
            handled.add(who + " " + event.getId());
            if (event.getId().equals("bad")) {
                throw new DeadEventException("bad paper");
            }
        });
    }

    private void fire(String... ids) {
        for (String id : ids) {
            shop.fire(shop.event(Shop.PLACED).id(id).key("k").data(1).build());
        }
        shop.flush().join();
    }

    private String next() throws InterruptedException {
        return handled.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
    }

    private static Connecting connecting(String address, String client) {
        return Tidings.connect(URI.create(address))
                .credentials(Credentials.apiKey(client))
                .source(URI.create(Shop.SOURCE))
                .service("office");
    }

    /// A proxy of the old school: it passes requests on without what is between it and its neighbours.
    private void relay(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(broker.client("desk").base() + exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> answer = onward.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
