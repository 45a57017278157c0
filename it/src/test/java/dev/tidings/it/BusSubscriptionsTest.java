package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidings.client.BrokerBus;
import dev.tidings.client.RefusedException;
import dev.tidings.client.Tidings;
import dev.tidings.client.subscriptions.SinkCredential;
import dev.tidings.client.subscriptions.Subscribing;
import dev.tidings.client.subscriptions.Subscribing.Mode;
import dev.tidings.client.subscriptions.Subscription;
import dev.tidings.client.subscriptions.SubscriptionStatus;
import dev.tidings.client.webhooks.NotGenuineException;
import dev.tidings.client.webhooks.WebHook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Subscriptions and their web hooks, by the Java SDK on both sides.
class BusSubscriptionsTest {
    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(
                    CatalogText.EMPTY.type(Shop.PLACED).type(Shop.PAID))
            .insecure();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> secret = new CompletableFuture<>();
    private HttpServer server;
    private BrokerBus bus;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
        bus = Tidings.connect(URI.create(broker.address()))
                .source(URI.create(Shop.SOURCE))
                .open();
    }

    @AfterEach
    void close() {
        bus.close();
        server.stop(0);
    }

    @ParameterizedTest
    @EnumSource
    void areCalledBackWithWhatIsGenuine(Mode mode) throws InterruptedException {
        Subscription created = create(Subscribing.to(sink()).types(Shop.PLACED).mode(mode));

        bus.fire(
                bus.event(Shop.PLACED).id("1").subject("é").data(Map.of("n", 1)).build());

        assertThat(next()).isEqualTo("1 é {\"n\":1}");
        assertThat(created.state()).isEqualTo("active");
    }

    @Test
    void believeNobodyElse() throws Exception {
        create(Subscribing.to(sink()));

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(sink())
                                .header("webhook-id", "1")
                                .header("webhook-timestamp", "1")
                                .header("webhook-signature", "v1,AAAA")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void areChangedPausedAndDeleted() throws InterruptedException {
        Subscription created = create(
                Subscribing.to(sink()).types(Shop.PLACED).credential(new SinkCredential.Plain("shop", "geheim")));
        String id = created.id();

        Subscription read = bus.subscriptions().get(id).join();
        assertThat(read.signingSecret()).isNull();
        assertThat(read.version()).isEqualTo(created.version());
        Subscription changed = bus.subscriptions()
                .change(read, read.wanted().types(Shop.PAID, Shop.PLACED).maxRate(50))
                .join();
        assertThat(changed.version()).isGreaterThan(read.version());
        assertThatThrownBy(() -> bus.subscriptions().change(read, read.wanted()).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.status()).isEqualTo(412));
        assertThat(bus.subscriptions().pause(id, "moving house").join().state()).isEqualTo("paused");
        fire(Shop.PAID, "2");
        SubscriptionStatus paused = bus.subscriptions().status(id).join();
        assertThat(paused.state()).isEqualTo("paused");
        assertThat(paused.reason()).isEqualTo("moving house");
        assertThat(bus.subscriptions().resume(id).join().state()).isEqualTo("active");
        assertThat(next()).startsWith("2 ");
        bus.subscriptions().delete(id).join();
        bus.subscriptions().delete(id).join();

        assertThat(bus.subscriptions().list().join()).isEmpty();
    }

    @Test
    void areListedAndShowHowTheyAreDoing() throws InterruptedException {
        Subscription one = create(Subscribing.to(sink()).types(Shop.PLACED));
        Subscription other = bus.subscriptions()
                .create(Subscribing.to(URI.create(sink() + "other")).paused())
                .join();
        fire(Shop.PLACED, "1");
        next();

        assertThat(bus.subscriptions().list().join())
                .extracting(Subscription::id)
                .containsExactly(one.id(), other.id());
        SubscriptionStatus status = bus.subscriptions().status(one.id()).join();
        assertThat(status.granted()).containsExactly(Shop.PLACED);
        assertThat(status.breaker()).isEqualTo("closed");
        assertThat(status.lastFailure()).isNull();
    }

    @Test
    void areSignedWithAnotherSecretWhenThatIsRotated() {
        Subscription created = create(Subscribing.to(sink()));

        String rotated = bus.subscriptions()
                .rotateSecret(created.id(), Duration.ZERO)
                .join()
                .signingSecret();

        assertThat(rotated).startsWith("whsec_").isNotEqualTo(created.signingSecret());
    }

    private Subscription create(Subscribing wanted) {
        Subscription created = bus.subscriptions().create(wanted).join();
        secret.complete(created.signingSecret());
        return created;
    }

    private void fire(String type, String id) {
        bus.fire(bus.event(type).id(id).data(1).build());
        bus.flush().join();
    }

    private String next() throws InterruptedException {
        return received.poll(Deadline.GENEROUS.toSeconds(), TimeUnit.SECONDS);
    }

    private URI sink() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void receive(HttpExchange exchange) throws IOException {
        WebHook hook = WebHook.signedBy(secret.join());
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            exchange.sendResponseHeaders(answer(exchange, hook, body), -1);
        }
    }

    private int answer(HttpExchange exchange, WebHook hook, byte[] body) {
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            hook.permission(exchange.getRequestHeaders())
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            return 200;
        }
        try {
            hook.events(exchange.getRequestHeaders(), body)
                    .forEach(event -> received.add(event.getId() + " " + event.getSubject() + " "
                            + new String(event.getData().toBytes(), StandardCharsets.UTF_8)));
            return 204;
        } catch (NotGenuineException forged) {
            return 401;
        }
    }
}
