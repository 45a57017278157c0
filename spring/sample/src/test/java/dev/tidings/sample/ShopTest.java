package dev.tidings.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.client.Bus;
import dev.tidings.client.Tidings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole program, at a broker.
class ShopTest {
    private static final BlockingQueue<Order> paid = new LinkedBlockingQueue<>();
    private static final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static BrokerProcess broker;
    private static Bus office;
    private static ConfigurableApplicationContext shop;

    @BeforeAll
    static void start() throws IOException {
        broker = BrokerProcess.start(directory);
        office = Tidings.connect(URI.create(broker.address())).service("office").open();
        office.listen("look", "Shop.Web.Order.Paid", Order.class, paid::add);
        shop = SpringApplication.run(ShopApplication.class, "--tidings.url=" + broker.address(), "--server.port=0");
    }

    @AfterAll
    static void end() {
        shop.close();
        office.close();
        broker.close();
        http.close();
    }

    @Test
    void takesThePaymentOfAnOrderThatWasPlaced() throws Exception {
        HttpResponse<String> placed = post("/orders", "{\"total\": 12.5}");
        assertThat(placed.statusCode()).isEqualTo(201);

        Order order = nextPaid();

        assertThat(json(placed).path("order").asLong()).isEqualTo(order.order());
        assertThat(get("/payments/" + order.order()).body())
                .isEqualTo("{\"order\":%d,\"total\":12.50}".formatted(order.order()));
        assertThat(get("/payments/99999").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsNobodyOfAnOrderThatIsRolledBack() throws Exception {
        Orders orders = shop.getBean(Orders.class);
        new TransactionTemplate(shop.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            orders.place(new BigDecimal("1"));
            status.setRollbackOnly();
        });
        orders.place(new BigDecimal("2"));

        assertThat(nextPaid().total()).isEqualByComparingTo("2");
    }

    @Test
    void tellsOfItsHealth() throws Exception {
        shop.getBean(Orders.class).place(new BigDecimal("3"));
        nextPaid(); // so its listener is connected

        JsonNode health = json(get("/actuator/health")).path("components").path("tidings");

        assertThat(health).isEqualTo(JsonMapper.shared().readTree("""
                                        {"status": "UP", "details": {"broker": "ready", "listeners": {"take-payments": "connected"}}}
                                        """));
    }

    @Test
    void countsWhatItFires() throws Exception {
        shop.getBean(Orders.class).place(new BigDecimal("4"));
        nextPaid();

        JsonNode fired = json(get("/actuator/metrics/tidings.client.fired"));

        assertThat(fired.path("measurements").path(0).path("value").asDouble()).isPositive();
    }

    private static Order nextPaid() throws InterruptedException {
        Order order = paid.poll(60, TimeUnit.SECONDS);
        assertThat(order).isNotNull();
        return order;
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at(path))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private static URI at(String path) {
        return URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
