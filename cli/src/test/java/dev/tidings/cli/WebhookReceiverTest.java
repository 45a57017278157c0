package dev.tidings.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.cli.WebhookReceiver.Asked;
import dev.tidings.cli.WebhookReceiver.Manner;
import dev.tidings.cli.WebhookReceiver.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
    /// The example of the Standard Webhooks specification and its libraries.
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Map<String, String> SIGNED = Map.of(
            "content-type", "application/cloudevents+json",
            "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp", "1614265330",
            "webhook-signature", "v1,other v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    private static final String BODY = "{\"test\": 2432232314}";
    private static final Instant NOW = Instant.ofEpochSecond(1614265330);

    @Test
    void answersTheHandshake() {
        Told told = receiver(null, 200, 0).answer(asked("OPTIONS", Map.of("webhook-request-origin", "n1"), ""), NOW);

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.headers())
                .containsEntry("WebHook-Allowed-Origin", "n1")
                .containsEntry("WebHook-Allowed-Rate", "*");
        assertThat(told.events()).isEmpty();
    }

    @Test
    void takesWhatWasSignedWithItsSecret() {
        WebhookReceiver receiver = receiver(SECRET, 200, 0);

        assertThat(receiver.answer(asked("POST", SIGNED, BODY), NOW).status()).isEqualTo(200);
        assertThat(receiver.answer(asked("POST", SIGNED, BODY + " "), NOW).status())
                .isEqualTo(401);
        assertThat(receiver.answer(asked("POST", SIGNED, BODY), NOW.plusSeconds(301))
                        .status())
                .isEqualTo(401);
        assertThat(receiver.answer(asked("POST", Map.of(), BODY), NOW).status()).isEqualTo(401);
    }

    @Test
    void readsEventsInAllModes() {
        WebhookReceiver receiver = receiver(null, 200, 0);
        Map<String, String> binary = new HashMap<>(Map.of(
                "ce-specversion", "1.0", "ce-id", "%C3%A4 1", "ce-type", "a.b.c", "content-type", "application/json"));

        assertThat(receiver.answer(asked("POST", binary, "{\"x\": 1}"), NOW).events())
                .containsExactly("{\"id\":\"ä 1\",\"specversion\":\"1.0\",\"type\":\"a.b.c\","
                        + "\"datacontenttype\":\"application/json\",\"data\":{\"x\":1}}");
        binary.put("content-type", "image/png");
        assertThat(receiver.answer(asked("POST", binary, "x"), NOW).events().getFirst())
                .contains("\"data_base64\":\"eA==\"");
        binary.put("content-type", "text/plain; charset=utf-8");
        assertThat(receiver.answer(asked("POST", binary, "x"), NOW).events().getFirst())
                .contains("\"data\":\"x\"");
        assertThat(receiver.answer(
                                asked("POST", Map.of("content-type", "application/cloudevents-batch+json"), "[{}, {}]"),
                                NOW)
                        .events())
                .containsExactly("{}", "{}");
    }

    @Test
    void refusesWhatIsNoEvent() {
        WebhookReceiver receiver = receiver(null, 200, 0);

        assertThat(receiver.answer(asked("POST", Map.of(), "{}"), NOW).status()).isEqualTo(400);
        assertThat(receiver.answer(asked("POST", Map.of("content-type", "application/cloudevents+json"), "{"), NOW)
                        .status())
                .isEqualTo(400);
        assertThat(receiver.answer(asked("GET", Map.of(), ""), NOW).status()).isEqualTo(405);
        assertThat(receiver.answer(new Asked("POST", "/other", Map.of(), new byte[0]), NOW)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void failsAsItIsToldTo() {
        Asked event = asked("POST", Map.of("content-type", "application/cloudevents+json"), "{}");

        Told gone = receiver(null, 410, 0).answer(event, NOW);
        WebhookReceiver sometimes = receiver(null, 503, 30);
        long failed = IntStream.range(0, 1_000)
                .filter(_ -> sometimes.answer(event, NOW).status() == 503)
                .count();

        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.events()).isEmpty();
        assertThat(failed).isBetween(200L, 400L);
    }

    @Test
    void complainsOfASecretThatIsNone() {
        assertThatThrownBy(() -> new WebhookSignature("whsec_?")).isInstanceOf(Complaint.class);
        assertThat(Ran.command("", "listen", "--secret", "?", "--port", "0").exitCode())
                .isEqualTo(2);
        assertThat(Ran.command("", "listen", "--port", "99999").err()).contains("--port");
        assertThat(Ran.command("", "listen", "--status", "99").err()).contains("--status");
    }

    private static WebhookReceiver receiver(@Nullable String secret, int status, int failing) {
        return new WebhookReceiver(
                new Manner("/", secret == null ? null : new WebhookSignature(secret), null, status, failing),
                new Random(7));
    }

    private static Asked asked(String method, Map<String, String> headers, String body) {
        return new Asked(method, "/", headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
