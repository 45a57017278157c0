package dev.tidings.callback.delivery;

import dev.tidings.broker.subscriptions.Subscription.Order;
import dev.tidings.model.Delivery;
import dev.tidings.model.EventType;
import dev.tidings.model.KeyHash;
import dev.tidings.wire.Received;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An event on its way to a sink.
///
/// @param type  null: its JSON names none
/// @param key   what it waits for: events of the same key, as the broker tells keys apart, to which one of another
///              stream is another; null: for nothing
/// @param id    the same with each attempt, and for no other event
/// @param alone whether it goes in a request of its own, since one that it shared has failed
record Parcel(
        Delivery delivery,
        @Nullable EventType type,
        @Nullable String key,
        String id,
        boolean alone) {
    private static final int ID_BYTES = 18;

    static Parcel of(Delivery delivery, Order order) {
        Map<String, Object> attributes =
                Received.written(delivery.json()).map(Received::attributes).orElse(Map.of());
        boolean ordered = order == Order.PER_KEY && delivery.keyHash() != KeyHash.NONE;
        return new Parcel(
                delivery,
                EventType.parse(String.valueOf(attributes.get("type"))).orElse(null),
                ordered ? delivery.partition() + "/" + delivery.keyHash() : null,
                id(attributes.get("source") + "\n" + attributes.get("id")),
                delivery.attempts() > 0);
    }

    /// The `webhook-id` of a request with these.
    static String id(List<Parcel> parcels) {
        return parcels.size() == 1
                ? parcels.getFirst().id
                : id(parcels.stream().map(Parcel::id).collect(Collectors.joining("\n")));
    }

    long offset() {
        return delivery.offset();
    }

    int bytes() {
        return delivery.json().length();
    }

    Parcel byItself() {
        return new Parcel(delivery, type, key, id, true);
    }

    private static String id(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return "msg_" + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
