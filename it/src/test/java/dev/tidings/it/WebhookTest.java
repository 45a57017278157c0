package dev.tidings.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a sink gets of a broker that is a process of its own, and may be killed.
class WebhookTest {
    private final ServerProcess broker = ServerProcess.with(Shop.CATALOG).configured("""
            callbacks:
              allow: [127.0.0.1]
              retry: { first: 500ms, longest: 1s, give-up: 1h }
              breaker: { failures: 1000 }
            """);
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
    private volatile ToIntFunction<Got> answers = _ -> 204;
    private final HttpServer sink = listening();

    /// A request that has come in.
    private record Got(String method, Headers headers, String body) {
        String id() {
            return String.valueOf(headers.getFirst("ce-id"));
        }
    }

    @AfterEach
    void close() {
        broker.close();
        sink.stop(0);
    }

    @Test
    @Proves({Statement.SINK_ASKED, Statement.SINK_MODES, Statement.SINK_SIGNED})
    void getsWhatIsPublishedOnceItHasAgreedAndCanTellWhereItComesFrom() throws Exception {
        broker.start();
        String secret = subscribe(subscription()).path("signingsecret").asString();
        assertThat(next().method()).isEqualTo("OPTIONS");

        publish(Shop.order("a").put("partitionkey", "k"));

        Got event = next();
        assertThat(event.method()).isEqualTo("POST");
        assertThat(event.headers().getFirst("ce-type")).isEqualTo(Shop.PLACED);
        assertThat(event.headers().getFirst("ce-partitionkey")).isEqualTo("k");
        assertThat(event.headers().containsKey("ce-offset")).isFalse();
        assertThat(event.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(event.body()).isEqualTo("{\"grams\":1200}");
        assertThat(event.headers().getFirst("webhook-signature")).isEqualTo("v1," + signature(secret, event));
    }

    @Test
    @Proves({Statement.SINK_RESTART, Statement.SINK_ORDER, Statement.SINK_FAILS})
    void getsEverythingInOrderThoughItFailsAndTheBrokerIsKilled() {
        broker.start();
        subscribe(subscription());
        Map<String, List<Integer>> confirmed = new ConcurrentHashMap<>();
        BlockingQueue<String> all = new LinkedBlockingQueue<>();
        Map<String, Boolean> failedOnce = new ConcurrentHashMap<>();
        answers = event -> {
            if (event.method().equals("OPTIONS")) {
                return 200;
            }
            String[] name = event.id().split("-");
            if (Integer.parseInt(name[1]) % 3 == 1 && failedOnce.put(event.id(), true) == null) {
                return 500;
            }
            confirmed
                    .computeIfAbsent(name[0], _ -> new CopyOnWriteArrayList<>())
                    .add(Integer.parseInt(name[1]));
            all.add(event.id());
            return 204;
        };
        for (int number = 0; number < 10; number++) {
            for (String key : List.of("k", "l", "m", "n")) {
                publish(Shop.order(key + "-" + number).put("partitionkey", key));
            }
            if (number == 4) {
                broker.kill();
                broker.startAgain();
            }
        }

        while (confirmed.values().stream()
                        .mapToLong(of -> of.stream().distinct().count())
                        .sum()
                < 40) {
            taken(all);
        }
        assertThat(confirmed.keySet()).containsExactlyInAnyOrder("k", "l", "m", "n");
        assertThat(confirmed.values()).allSatisfy(numbers -> {
            assertThat(numbers.stream().distinct()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(numbers).as("told again only what was under way").isSorted();
        });
    }

    @Test
    @Proves(Statement.SINK_REJECTS)
    void saysOfADeadEventWhatTheSinkSaid() {
        broker.start();
        answers = event -> event.method().equals("OPTIONS") ? 200 : 422;
        subscribe(subscription());
        publish(Shop.order("a"));
        next();
        assertThat(next().id()).isEqualTo("a");
        publish(Shop.order("b"));
        assertThat(next().id()).isEqualTo("b");

        JsonNode dead = deadEvents(2);

        assertThat(dead.get(0).path("reason").asString()).isEqualTo("undeliverable");
        assertThat(dead.get(0).path("detail").asString()).isEqualTo("127.0.0.1 answered 422: so it is");
    }

    @Test
    @Proves(Statement.SINK_GONE)
    void getsNothingAnyMoreOnceItHasAnswered410() {
        broker.start();
        answers = event -> event.method().equals("OPTIONS") ? 200 : 410;
        String address =
                "/ce/subscriptions/" + subscribe(subscription()).path("id").asString();
        publish(Shop.order("a"));
        next();
        next();

        String state = "active";
        while (state.equals("active")) {
            state = desk().get(address + "/status")
                    .expect(200)
                    .json()
                    .path("state")
                    .asString();
        }

        assertThat(state).isEqualTo("ended");
        publish(Shop.order("b"));
        assertThat(got).isEmpty();
        assertThat(broker.client("admin").get("/metrics").text())
                .contains("tidings_callback_requests_seconds_count{outcome=\"gone\"} 1");
    }

    /// The list of dead events, once there are so many.
    private JsonNode deadEvents(int count) {
        JsonNode events = Json.object().path("events");
        while (events.size() < count) {
            events = broker.client("admin")
                    .get("/admin/dead?reason=undeliverable")
                    .expect(200)
                    .json()
                    .path("events");
        }
        return events;
    }

    private Client desk() {
        return broker.client("desk");
    }

    private void publish(ObjectNode event) {
        broker.client("shop").produce(event).expect(200);
    }

    private JsonNode subscribe(ObjectNode subscription) {
        return desk().send(
                        Call.post("/ce/subscriptions").type("application/json").body(subscription.toString()))
                .expect(201)
                .json();
    }

    private ObjectNode subscription() {
        ObjectNode subscription = Json.object();
        subscription
                .put("sink", "http://127.0.0.1:" + sink.getAddress().getPort() + "/events")
                .put("protocol", "HTTP")
                .putArray("types")
                .add(Shop.PLACED);
        return subscription;
    }

    private Got next() {
        return taken(got);
    }

    private static <T> T taken(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
            assertThat(next).as("something in " + Deadline.GENEROUS).isNotNull();
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String signature(String secret, Got request) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = request.headers().getFirst("webhook-id")
                + "."
                + request.headers().getFirst("webhook-timestamp")
                + "."
                + request.body();
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private HttpServer listening() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/events", this::take);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        Got request = new Got(
                exchange.getRequestMethod(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        int status = answers.applyAsInt(request);
        got.add(request);
        exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "*");
        byte[] body = status == 204 ? new byte[0] : "so it is".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
