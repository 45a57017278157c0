package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.it.HookSink.Hook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is agreed with a sink: whether it is called, how often, in what form, and how each proves itself.
class AgreedSinkTest {
    @RegisterExtension
    final RunningBroker broker =
            RunningBroker.with(CatalogText.EMPTY.type(Shop.PLACED)).insecure();

    private final Subscriber subscriber = new Subscriber(broker);
    private final HookSink sink = new HookSink();

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    @Proves(Statement.SINK_ASKED)
    void isAskedFirstAndAgainUntilItAgrees() {
        sink.saying("/a", Map.of("WebHook-Allowed-Origin", "somebody.else"));
        String subscription = subscriber.subscribe(Subscriber.to(sink.at("/a")));
        subscriber.produce("1");
        assertThat(subscriber.failure(subscription)).contains("WebHook-Allowed-Origin");
        assertThat(sink.questions("/a")).hasSize(1);

        sink.agreeing("/a");
        broker.leap(Duration.ofSeconds(5));

        assertThat(sink.awaitIds("/a", 1)).containsExactly("1");
        assertThat(sink.questions("/a"))
                .hasSize(2)
                .allSatisfy(asked ->
                        assertThat(asked.header("WebHook-Request-Origin")).isEqualTo("tidings"));
    }

    @Test
    @Proves(Statement.SINK_RATE)
    void isCalledNoMoreOftenThanItAllows() {
        sink.saying("/a", Map.of("WebHook-Allowed-Origin", "*", "WebHook-Allowed-Rate", "6"));
        String subscription = subscriber.subscribe(Subscriber.to(sink.at("/a")));

        subscriber.produceAlone("1");
        subscriber.produceAlone("2");
        subscriber.produceAlone("3");

        for (int many = 1; many <= 3; many++) {
            assertThat(sink.awaitIds("/a", many)).hasSize(many);
            subscriber.await(subscription, status -> status.path("inFlight").asInt() == 0);
            assertThat(sink.ids("/a")).hasSize(many);
            broker.leap(Duration.ofSeconds(10));
        }
        assertThat(subscriber.status(subscription).path("allowedRate").asInt()).isEqualTo(6);
    }

    @Test
    @Proves(Statement.SINK_RATE)
    void isCalledNoMoreOftenThanItsSubscriptionAllows() {
        ObjectNode wanted = Subscriber.to(sink.at("/a"));
        Subscriber.config(wanted).put("maxRate", 1);
        String subscription = subscriber.subscribe(wanted);

        subscriber.produceAlone("1");
        subscriber.produceAlone("2");

        sink.awaitIds("/a", 1);
        subscriber.await(subscription, status -> status.path("inFlight").asInt() == 0);
        broker.leap(Duration.ofSeconds(1));
        assertThat(sink.awaitIds("/a", 2)).containsExactlyInAnyOrder("1", "2");
        assertThat(sink.questions("/a").getFirst().header("WebHook-Request-Rate"))
                .isEqualTo("60");
    }

    @Test
    @Proves(Statement.SINK_MODES)
    void getsOneEventInStructuredMode() {
        ObjectNode wanted = Subscriber.to(sink.at("/a"));
        Subscriber.settings(wanted)
                .put("mode", "structured")
                .putObject("headers")
                .put("x-shop", "17");
        subscriber.subscribe(wanted);

        subscriber.produce("1");

        sink.awaitIds("/a", 1);
        Hook hook = sink.hooks("/a").getFirst();
        assertThat(hook.header("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(hook.header("x-shop")).isEqualTo("17");
        JsonNode event = Json.parse(hook.body());
        assertThat(event.path("id").asString()).isEqualTo("1");
        assertThat(event.path("data").path("grams").asInt()).isEqualTo(1200);
        assertThat(event.has("offset")).isFalse();
    }

    @Test
    @Proves({Statement.SINK_MODES, Statement.SINK_CONFIRMS})
    void getsWhatHasGatheredInOneBatch() {
        ObjectNode wanted = Subscriber.to(sink.at("/a"));
        Subscriber.settings(wanted).put("mode", "batch");
        Subscriber.config(wanted).put("paused", true);
        String subscription = subscriber.subscribe(wanted);
        subscriber.produce("1", "2", "3");

        subscriber.client().post(subscription + "/resume").expect(200);

        sink.awaitIds("/a", 1);
        Hook hook = sink.hooks("/a").getFirst();
        assertThat(hook.header("Content-Type")).isEqualTo("application/cloudevents-batch+json");
        assertThat(Json.parse(hook.body()))
                .extracting(event -> event.path("id").asString())
                .containsExactly("1", "2", "3");
        subscriber.await(subscription, status -> status.path("backlog").asInt() == 0);
        assertThat(sink.hooks("/a")).hasSize(1);
    }

    @Test
    @Proves(Statement.SINK_CREDENTIALS)
    void isGivenThePasswordOrTheTokenOfItsSubscription() {
        ObjectNode password = Subscriber.to(sink.at("/password"));
        password.putObject("sinkcredential")
                .put("credentialtype", "PLAIN")
                .put("identifier", "shop")
                .put("secret", "s3cret");
        subscriber.subscribe(password);
        ObjectNode token = Subscriber.to(sink.at("/token"));
        token.putObject("sinkcredential").put("credentialtype", "ACCESSTOKEN").put("accesstoken", "t0ken");
        subscriber.subscribe(token);

        subscriber.produce("1");

        sink.awaitIds("/password", 1);
        sink.awaitIds("/token", 1);
        String basic = Base64.getEncoder().encodeToString("shop:s3cret".getBytes(StandardCharsets.UTF_8));
        assertThat(sink.hooks("/password").getFirst().header("Authorization")).isEqualTo("Basic " + basic);
        assertThat(sink.hooks("/token").getFirst().header("Authorization")).isEqualTo("Bearer t0ken");
        assertThat(sink.questions("/token").getFirst().header("Authorization")).isEqualTo("Bearer t0ken");
    }

    @Test
    @Proves({Statement.SINK_TLS, Statement.SINK_CREDENTIALS})
    void getsNothingBeforeEachHasProvenItselfByTls(@TempDir Path directory) {
        Certificates certificates = new Certificates(directory).issued("broker", "CN=tidings");
        try (HookSink secret = HookSink.demanding(certificates.server())) {
            ObjectNode wanted = Subscriber.to(secret.at("/a"));
            String subscription = subscriber.subscribe(wanted);
            subscriber.produce("1");
            assertThat(subscriber.failure(subscription)).contains("can't be trusted");

            Subscriber.settings(wanted).put("trusted", certificates.text("server"));
            subscriber.replace(subscription, wanted);
            subscriber.await(
                    subscription,
                    status -> status.path("lastFailure")
                            .path("reason")
                            .asString()
                            .matches(".*(?i)(certificate|broke).*"));
            assertThat(secret.questions("/a")).isEmpty();

            wanted.putObject("sinkcredential")
                    .put("credentialtype", "CERTIFICATE")
                    .put("certificate", certificates.text("broker"))
                    .put("key", certificates.key("broker"));
            subscriber.replace(subscription, wanted);

            assertThat(secret.awaitIds("/a", 1)).containsExactly("1");
        }
    }

    @Test
    @Proves({Statement.SINK_SIGNED, Statement.SUBSCRIPTION_ROTATE})
    void canTellByTheOldSecretAndByTheNewWhileTheyRotate() {
        JsonNode created = subscriber.create(Subscriber.to(sink.at("/a")));
        String old = created.path("signingsecret").asString();
        String path = "/ce/subscriptions/" + created.path("id").asString();

        String fresh = rotated(path, "1h");
        subscriber.produce("1");
        sink.awaitIds("/a", 1);
        String last = rotated(path, "0s");
        subscriber.produce("2");
        sink.awaitIds("/a", 2);

        List<Hook> hooks = sink.hooks("/a");
        assertThat(hooks.getFirst().header("webhook-signature"))
                .isEqualTo(Signatures.of(fresh, hooks.getFirst()) + " " + Signatures.of(old, hooks.getFirst()));
        assertThat(hooks.getLast().header("webhook-signature")).isEqualTo(Signatures.of(last, hooks.getLast()));
    }

    private String rotated(String path, String overlap) {
        return subscriber
                .client()
                .post(path + "/rotate-secret?overlap=" + overlap)
                .expect(200)
                .json()
                .path("signingsecret")
                .asString();
    }
}
