package dev.tidings.client.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebHookTest {
    /// The example of Standard Webhooks' own libraries.
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String BODY = "{\"test\": 2432232314}";
    private static final Instant SIGNED = Instant.ofEpochSecond(1614265330);

    private final Map<String, List<String>> headers = new TreeMap<>(Map.of(
            "Webhook-Id", List.of("msg_p5jXN8AQM9LWM0D4loKWxJek"),
            "WEBHOOK-TIMESTAMP", List.of("1614265330"),
            "webhook-signature", List.of("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            "Content-Type", List.of("application/json"),
            "ce-id", List.of("1"),
            "CE-Source", List.of("/shop"),
            "ce-specversion", List.of("1.0"),
            "ce-type", List.of("Shop.Web.Order.Placed"),
            "ce-subject", List.of("caf%C3%A9"),
            "ce-partitionkey", List.of("k")));

    @Test
    void readsAnEventInBinaryMode() {
        CloudEvent event = hook(SIGNED).events(headers, bytes(BODY)).getFirst();

        assertThat(event.getId()).isEqualTo("1");
        assertThat(event.getSubject()).isEqualTo("café");
        assertThat(event.getExtension("partitionkey")).isEqualTo("k");
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(new String(event.getData().toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "application/cloudevents-batch+json; charset=utf-8"})
    void readsEventsAsJson(String contentType) {
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"a.b\"}";
        boolean batch = contentType.contains("batch");

        List<CloudEvent> events = signed(contentType, batch ? "[" + event + "," + event + "]" : event);

        assertThat(events)
                .hasSize(batch ? 2 : 1)
                .allSatisfy(each -> assertThat(each.getId()).isEqualTo("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "application/cloudevents-batch+json", "application/json"})
    void saysSoWhereThereAreNoEvents(String contentType) {
        headers.keySet().removeIf(name -> name.startsWith("ce-"));

        assertThatThrownBy(() -> signed(contentType, "{\"specversion\":\"1.0\"}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signed(contentType, "{")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void believesNothingThatWasChangedOnTheWay() {
        assertThatThrownBy(() -> hook(SIGNED).events(headers, bytes(BODY + " ")))
                .isInstanceOf(NotGenuineException.class);
        headers.put("Webhook-Id", List.of("msg_other"));
        assertThatThrownBy(() -> hook(SIGNED).events(headers, bytes(BODY))).isInstanceOf(NotGenuineException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Webhook-Id", "WEBHOOK-TIMESTAMP", "webhook-signature"})
    void believesNothingThatIsNotSigned(String missing) {
        headers.remove(missing);

        assertThatThrownBy(() -> hook(SIGNED).events(headers, bytes(BODY)))
                .isInstanceOf(NotGenuineException.class)
                .hasMessageStartingWith("it is not signed");
    }

    @Test
    void believesNothingThatIsOldOrFromTheFuture() {
        Duration most = Duration.ofMinutes(5);

        assertThat(hook(SIGNED.plus(most)).events(headers, bytes(BODY))).hasSize(1);
        assertThat(hook(SIGNED.minus(most)).events(headers, bytes(BODY))).hasSize(1);
        assertThatThrownBy(() -> hook(SIGNED.plus(most).plusSeconds(1)).events(headers, bytes(BODY)))
                .isInstanceOf(NotGenuineException.class);
        assertThatThrownBy(() -> hook(SIGNED.minus(most).minusSeconds(1)).events(headers, bytes(BODY)))
                .isInstanceOf(NotGenuineException.class);
    }

    @Test
    void believesEitherSecretWhileTheyAreRotated() {
        String other = "whsec_b3RoZXI=";
        WebHook both = WebHook.signedBy(() -> SIGNED, other, SECRET);

        assertThat(both.events(headers, bytes(BODY))).hasSize(1);
        headers.compute("webhook-signature", (name, before) -> List.of("v1,AAAA " + before.getFirst() + " v2,x"));
        assertThat(both.events(headers, bytes(BODY))).hasSize(1);
        assertThatThrownBy(() -> WebHook.signedBy(() -> SIGNED, other).events(headers, bytes(BODY)))
                .isInstanceOf(NotGenuineException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "whsec_not base64"})
    void needsASecretThatIsOne(String secret) {
        assertThatThrownBy(() -> WebHook.signedBy(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("not base64");
        assertThatThrownBy(WebHook::signedBy).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void letsTheBrokerCall() {
        Map<String, List<String>> asked = Map.of("WebHook-Request-Origin", List.of("events.example"));
        WebHook hook = WebHook.signedBy(SECRET);

        assertThat(hook.permission(asked))
                .containsOnly(
                        Map.entry("WebHook-Allowed-Origin", "events.example"), Map.entry("WebHook-Allowed-Rate", "*"));
        assertThat(hook.from("events.example").rate(120).permission(asked))
                .containsEntry("WebHook-Allowed-Rate", "120");
        assertThat(hook.from("other.example").permission(asked)).isEmpty();
        assertThat(hook.permission(Map.of())).isEmpty();
    }

    private List<CloudEvent> signed(String contentType, String body) {
        headers.put("Content-Type", List.of(contentType));
        headers.put("webhook-signature", List.of(Signature.of(SECRET, headers, body)));
        return hook(SIGNED).events(headers, bytes(body));
    }

    private static WebHook hook(Instant now) {
        return WebHook.signedBy(() -> now, SECRET);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
