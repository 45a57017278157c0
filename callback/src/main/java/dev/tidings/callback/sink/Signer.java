package dev.tidings.callback.sink;

import dev.tidings.broker.subscriptions.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests as Standard Webhooks says: HMAC-SHA256 over `id.timestamp.body`, once with each secret in force.
public final class Signer {
    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";

    private final List<Key> keys = new ArrayList<>();

    private record Key(SigningSecret secret, SecretKeySpec key) {}

    public Signer(List<SigningSecret> secrets) {
        for (SigningSecret secret : secrets) {
            String text = secret.secret().text();
            String base64 = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
            keys.add(new Key(secret, new SecretKeySpec(Base64.getDecoder().decode(base64), HMAC)));
        }
    }

    /// The headers that vouch for a body; none where there is no secret.
    public List<SinkRequest.Header> headers(String id, Instant now, byte[] body) {
        String timestamp = Long.toString(now.getEpochSecond());
        List<String> signatures = new ArrayList<>();
        for (Key key : keys) {
            if (key.secret.inForce(now)) {
                signatures.add("v1," + signature(key.key, id + "." + timestamp + ".", body));
            }
        }
        return signatures.isEmpty()
                ? List.of()
                : List.of(
                        new SinkRequest.Header("webhook-id", id),
                        new SinkRequest.Header("webhook-timestamp", timestamp),
                        new SinkRequest.Header("webhook-signature", String.join(" ", signatures)));
    }

    private static String signature(SecretKeySpec key, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
