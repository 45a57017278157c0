package dev.tidings.callback.delivery;

import dev.tidings.broker.subscriptions.Credential;
import dev.tidings.broker.subscriptions.Retries;
import dev.tidings.broker.subscriptions.Secret;
import dev.tidings.broker.subscriptions.SigningSecret;
import dev.tidings.broker.subscriptions.Sink;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.Order;
import dev.tidings.broker.subscriptions.Subscription.State;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Subscriptions for tests.
final class Subscribing {
    private static final Instant THEN = Instant.EPOCH;
    private static final SigningSecret SIGNING =
            new SigningSecret(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), THEN, null);
    private String id = "0123456789abcdef0123456789abcdef";
    private Order order = Order.PER_KEY;
    private Sink.Mode mode = Sink.Mode.STRUCTURED;
    private Sink.Handshake handshake = Sink.Handshake.NONE;
    private Integer maxRate;
    private Integer concurrency;
    private Retries retries = Retries.DEFAULT;
    private Credential credential;

    Subscribing named(String other) {
        id = other;
        return this;
    }

    Subscribing unordered() {
        order = Order.NONE;
        return this;
    }

    Subscribing inBatches() {
        mode = Sink.Mode.BATCH;
        return this;
    }

    Subscribing asking() {
        handshake = Sink.Handshake.REQUIRED;
        return this;
    }

    Subscribing at(int requestsPerSecond) {
        maxRate = requestsPerSecond;
        return this;
    }

    Subscribing atOnce(int requests) {
        concurrency = requests;
        return this;
    }

    Subscribing retrying(Retries own) {
        retries = own;
        return this;
    }

    Subscribing with(Credential own) {
        credential = own;
        return this;
    }

    Subscription to(String uri) {
        Sink sink = new Sink(URI.create(uri), mode, Map.of(), handshake, null, credential, List.of(SIGNING));
        return new Subscription(
                id,
                Shop.CLIENT,
                1,
                new Subscription.Status(State.ACTIVE, null, THEN),
                new Subscription.Interest(null, null, null, null),
                sink,
                new Subscription.Handling(order, maxRate, concurrency, retries),
                THEN,
                THEN);
    }

    Subscription anywhere() {
        return to("https://hooks.example/");
    }

    static Subscription in(Subscription before, State state) {
        return new Subscription(
                before.id(),
                before.client(),
                before.version() + 1,
                new Subscription.Status(state, null, THEN),
                before.interest(),
                before.sink(),
                before.handling(),
                THEN,
                THEN);
    }

    static Subscription with(Subscription before, Sink sink) {
        return new Subscription(
                before.id(),
                before.client(),
                before.version() + 1,
                before.status(),
                before.interest(),
                sink,
                before.handling(),
                THEN,
                THEN);
    }
}
