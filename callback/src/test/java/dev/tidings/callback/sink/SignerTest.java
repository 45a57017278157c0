package dev.tidings.callback.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Secret;
import dev.tidings.broker.subscriptions.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    @Test
    void signsAsStandardWebhooksDoes() {
        Signer signer = new Signer(List.of(secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", null)));

        assertThat(signer.headers(ID, AT, BODY))
                .containsExactly(
                        new SinkRequest.Header("webhook-id", ID),
                        new SinkRequest.Header("webhook-timestamp", "1614265330"),
                        new SinkRequest.Header("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void signsWithEachSecretInForceWhileTheyRotate() {
        SigningSecret newest = secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", null);
        SigningSecret older = secret("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", AT.plusSeconds(1));
        SigningSecret expired = secret("whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB", AT);

        String signature = new Signer(List.of(newest, older, expired))
                .headers(ID, AT, BODY)
                .getLast()
                .value();

        assertThat(signature).startsWith("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,");
        assertThat(signature.split(" ")).hasSize(2);
    }

    @Test
    void signsNothingWithoutASecret() {
        assertThat(new Signer(List.of()).headers(ID, AT, BODY)).isEmpty();
    }

    private static SigningSecret secret(String text, Instant until) {
        return new SigningSecret(new Secret(text), AT, until);
    }
}
