package dev.tidings.client.webhooks;

import dev.tidings.client.EventCoding;
import dev.tidings.model.Bytes;
import dev.tidings.wire.BinaryMessage;
import dev.tidings.wire.BinaryMessage.Header;
import dev.tidings.wire.EventText;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A program's end of a subscription that calls it back, whatever receives its requests: checks that they are
/// genuine (signed as Standard Webhooks says), reads their events in each of the three modes, and answers the
/// question that comes first (CloudEvents HTTP 1.1 Web Hooks, section 4). Immutable; may be used by any thread.
///
/// ```java
/// WebHook hook = WebHook.signedBy(secret);
///
/// // OPTIONS: answer 200 with hook.permission(headers)
/// // POST:    for (CloudEvent event : hook.events(headers, body)) { … }   then answer 204
/// ```
///
/// Headers are given as most libraries have them, with each value of each name; case does not matter.
public final class WebHook {
    private static final String HMAC = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final List<SecretKeySpec> keys;
    private final Permission permission;
    private final InstantSource clock;

    /// @param origins who may call; none: anybody, for what counts is the signature
    /// @param rate    how often in a minute; 0: as often as they like
    private record Permission(Set<String> origins, int rate) {}

    private WebHook(List<SecretKeySpec> keys, Permission permission, InstantSource clock) {
        this.keys = keys;
        this.permission = permission;
        this.clock = clock;
    }

    /// Believes what one of these secrets has signed.
    ///
    /// @param secrets as the broker told them, `whsec_…`; two while one takes the place of the other
    public static WebHook signedBy(String... secrets) {
        return signedBy(InstantSource.system(), secrets);
    }

    static WebHook signedBy(InstantSource clock, String... secrets) {
        if (secrets.length == 0) {
            throw new IllegalArgumentException("a secret is expected, for whoever knows the address could call");
        }
        return new WebHook(Arrays.stream(secrets).map(WebHook::key).toList(), new Permission(Set.of(), 0), clock);
    }

    private static SecretKeySpec key(String secret) {
        try {
            if (secret.startsWith(PREFIX)) {
                return new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), HMAC);
            }
        } catch (IllegalArgumentException noBase64) {
            // told below, without the secret
        }
        throw new IllegalArgumentException(
                "a secret is whsec_ and base64, as creating a subscription tells it; found something else");
    }

    /// The same, but only these brokers may call, by the name that they give as their origin.
    public WebHook from(String... origins) {
        return new WebHook(keys, new Permission(Set.of(origins), permission.rate), clock);
    }

    /// The same, but no more than so many requests a minute, which the broker keeps to.
    public WebHook rate(int requestsPerMinute) {
        if (requestsPerMinute < 1) {
            throw new IllegalArgumentException("a rate is 1 a minute or more, found " + requestsPerMinute);
        }
        return new WebHook(keys, new Permission(permission.origins, requestsPerMinute), clock);
    }

    /// The headers that answer an `OPTIONS` request and let the broker call; none where it may not: then answer 403.
    public Map<String, String> permission(Map<String, ? extends Collection<String>> headers) {
        String origin = first(lower(headers), "webhook-request-origin");
        if (origin.isEmpty() || !permission.origins.isEmpty() && !permission.origins.contains(origin)) {
            return Map.of();
        }
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("WebHook-Allowed-Origin", origin);
        answer.put("WebHook-Allowed-Rate", permission.rate == 0 ? "*" : Integer.toString(permission.rate));
        return answer;
    }

    /// The events that a `POST` request brings, in order. They may have come before: `source` and `id` tell. A 2xx
    /// confirms all of them.
    ///
    /// @param body byte for byte as it came
    /// @throws NotGenuineException      where it is not from the broker: answer 401
    /// @throws IllegalArgumentException where it is genuine, and holds no events: answer 400
    public List<CloudEvent> events(Map<String, ? extends Collection<String>> headers, byte[] body) {
        Map<String, Collection<String>> lower = lower(headers);
        verify(lower, body);
        String contentType = first(lower, "content-type");
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (mediaType) {
            case "application/cloudevents+json" -> List.of(EventCoding.event(Bytes.of(body)));
            case "application/cloudevents-batch+json" ->
                EventText.elements(Bytes.of(body)).orElseThrow(WebHook::noEvents).stream()
                        .map(EventCoding::event)
                        .toList();
            default -> List.of(binary(lower, contentType, body));
        };
    }

    private static CloudEvent binary(Map<String, Collection<String>> headers, String contentType, byte[] body) {
        List<Header> attributes = new ArrayList<>();
        headers.forEach((name, values) -> values.forEach(value -> attributes.add(new Header(name, value))));
        BinaryMessage message =
                new BinaryMessage(contentType.isEmpty() ? null : contentType, attributes, Bytes.of(body));
        return EventCoding.event(EventText.of(message).orElseThrow(WebHook::noEvents));
    }

    private static IllegalArgumentException noEvents() {
        return new IllegalArgumentException("the body holds no events in the form that the content type says");
    }

    private void verify(Map<String, Collection<String>> headers, byte[] body) {
        String id = first(headers, "webhook-id");
        String timestamp = first(headers, "webhook-timestamp");
        String signatures = first(headers, "webhook-signature");
        if (id.isEmpty() || timestamp.isEmpty() || signatures.isEmpty()) {
            throw new NotGenuineException("it is not signed: webhook-id, -timestamp and -signature are expected");
        }
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        boolean genuine = false;
        for (SecretKeySpec key : keys) {
            for (String signature : signatures.split(" ")) {
                genuine |=
                        MessageDigest.isEqual(signature.getBytes(StandardCharsets.UTF_8), signature(key, head, body));
            }
        }
        if (!genuine) {
            throw new NotGenuineException("no secret that is known has signed it");
        }
        if (Duration.between(at(timestamp), clock.instant()).abs().compareTo(TOLERANCE) > 0) {
            throw new NotGenuineException("it was signed at " + at(timestamp) + ", more than " + TOLERANCE + " away");
        }
    }

    private static Instant at(String timestamp) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(timestamp));
        } catch (NumberFormatException | DateTimeException none) {
            throw new NotGenuineException("its timestamp is none");
        }
    }

    private static byte[] signature(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(head);
            String signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return signature.getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    private static Map<String, Collection<String>> lower(Map<String, ? extends Collection<String>> headers) {
        Map<String, Collection<String>> lower = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (name != null) { // where the library puts the status line among the headers
                lower.put(name.toLowerCase(Locale.ROOT), values);
            }
        });
        return lower;
    }

    private static String first(Map<String, Collection<String>> headers, String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }
}
