package dev.tidings.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Looks whether a request was signed with a secret (Standard Webhooks: HMAC-SHA256 of `id.timestamp.body`).
final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    /// How far the clocks of both may differ, so that nobody sends again what was signed long ago.
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final byte[] key;

    /// A [Complaint] says that it is no secret.
    WebhookSignature(String secret) {
        try {
            key = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
        } catch (IllegalArgumentException _) {
            throw notOne();
        }
        if (key.length == 0) {
            throw notOne();
        }
    }

    private static Complaint notOne() {
        return Complaint.wrongInput("--secret: expected 'whsec_' and base64, as a new subscription tells it");
    }

    /// Why it was not; null where it was.
    ///
    /// @param headers by their names in small letters
    @Nullable
    String objection(Map<String, String> headers, byte[] body, Instant now) {
        String id = headers.get("webhook-id");
        String timestamp = headers.get("webhook-timestamp");
        String signatures = headers.get("webhook-signature");
        if (id == null || timestamp == null || signatures == null) {
            return "not signed: webhook-id, webhook-timestamp or webhook-signature is missing";
        }
        if (!timestamp.matches("\\d{1,12}")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(TOLERANCE)
                        > 0) {
            return "signed at another time than now: " + timestamp;
        }
        byte[] right = (VERSION + Base64.getEncoder().encodeToString(hmac(id + "." + timestamp + ".", body)))
                .getBytes(StandardCharsets.UTF_8);
        for (String signature : signatures.split(" ", -1)) {
            if (MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8))) {
                return null;
            }
        }
        return "signed with another secret, or changed on its way";
    }

    private byte[] hmac(String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
