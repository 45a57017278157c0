package dev.tidings.client.inbox;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What identifies an event for a listener (CloudEvents 1.0.2, section 3.1.1: `source` and `id`), in 64
/// characters.
final class EventKey {
    private EventKey() {}

    static String of(String listener, CloudEvent event) {
        String text = String.join("\0", listener, event.getSource().toString(), event.getId());
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
