package dev.tidings.server.subscriptions;

import dev.tidings.broker.consuming.GroupStatus;
import dev.tidings.broker.subscriptions.Credential;
import dev.tidings.broker.subscriptions.DeliveryStatus;
import dev.tidings.broker.subscriptions.DeliveryStatus.Failure;
import dev.tidings.broker.subscriptions.Retries;
import dev.tidings.broker.subscriptions.Secret;
import dev.tidings.broker.subscriptions.Sink;
import dev.tidings.broker.subscriptions.Standing;
import dev.tidings.broker.subscriptions.Subscription;
import dev.tidings.broker.subscriptions.Subscription.Handling;
import dev.tidings.broker.subscriptions.Subscription.Interest;
import dev.tidings.broker.subscriptions.Subscription.Order;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.broker.subscriptions.SubscriptionStore;
import dev.tidings.model.Bytes;
import dev.tidings.model.DurationText;
import dev.tidings.model.EventType;
import dev.tidings.server.http.JsonObject;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What is told of subscriptions, as JSON. `docs/guide/subscriptions.md` describes it. Nobody is told a secret but who
/// has just been given it.
final class SubscriptionJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SubscriptionJson() {}

    static Bytes many(SubscriptionStore store, List<Subscription> subscriptions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray();
            for (Subscription subscription : subscriptions) {
                json.writeStartObject();
                members(json, store, subscription);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return Bytes.of(out.toByteArray());
    }

    /// @param signing the signing secret that was made just now; null: none was
    static Bytes one(SubscriptionStore store, Subscription subscription, @Nullable Secret signing) {
        return JsonObject.of(json -> {
            members(json, store, subscription);
            text(json, "signingsecret", signing == null ? null : signing.text());
        });
    }

    /// @param group null: it has none
    static Bytes status(
            SubscriptionStore store,
            Subscription subscription,
            @Nullable GroupStatus group,
            DeliveryStatus deliveries) {
        Standing standing = store.standing(subscription);
        return JsonObject.of(json -> {
            status(json, subscription, standing);
            types(json, "granted", standing.granted());
            json.writeNumberProperty("backlog", group == null ? 0 : group.lagEvents());
            json.writeNumberProperty(
                    "oldestSeconds", group == null ? 0 : group.lag().toSeconds());
            deliveries(json, deliveries);
        });
    }

    private static void deliveries(JsonGenerator json, DeliveryStatus deliveries) {
        json.writeStringProperty("breaker", word(deliveries.breaker()));
        json.writeNumberProperty("inFlight", deliveries.inFlight());
        json.writeNumberProperty("retries", deliveries.retries());
        text(json, "nextRetry", deliveries.nextRetry());
        number(json, "allowedRate", deliveries.allowedRate());
        text(json, "lastSuccess", deliveries.lastSuccess());
        Failure failure = deliveries.lastFailure();
        if (failure != null) {
            json.writeObjectPropertyStart("lastFailure");
            text(json, "at", failure.at());
            number(json, "status", failure.status());
            json.writeStringProperty("reason", failure.reason());
            json.writeEndObject();
        }
    }

    private static void members(JsonGenerator json, SubscriptionStore store, Subscription subscription) {
        json.writeStringProperty("id", subscription.id());
        interest(json, subscription.interest());
        sink(json, subscription.sink());
        config(json, subscription);
        json.writeObjectPropertyStart("status");
        status(json, subscription, store.standing(subscription));
        json.writeEndObject();
        json.writeNumberProperty("version", subscription.version());
        text(json, "created", subscription.created());
        text(json, "changed", subscription.changed());
    }

    private static void interest(JsonGenerator json, Interest interest) {
        text(json, "source", interest.source());
        if (interest.types() != null) {
            types(json, "types", interest.types());
        }
        if (interest.filters() != null) {
            json.writeName("filters");
            json.writeRawValue(interest.filters());
        }
    }

    private static void sink(JsonGenerator json, Sink sink) {
        json.writeStringProperty("sink", sink.uri().toString());
        Credential credential = sink.credential();
        if (credential != null) {
            credential(json, credential);
        }
        json.writeStringProperty("protocol", "HTTP");
        json.writeObjectPropertyStart("protocolsettings");
        json.writeStringProperty("method", "POST");
        json.writeStringProperty("mode", word(sink.mode()));
        json.writeStringProperty("handshake", word(sink.handshake()));
        text(json, "trusted", sink.trusted());
        json.writeObjectPropertyStart("headers");
        new TreeMap<>(sink.headers()).forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void credential(JsonGenerator json, Credential credential) {
        json.writeObjectPropertyStart("sinkcredential");
        switch (credential) {
            case Credential.Plain(String identifier, var _) -> {
                json.writeStringProperty("credentialtype", "PLAIN");
                json.writeStringProperty("identifier", identifier);
            }
            case Credential.AccessToken(String scheme, var _, var expires) -> {
                json.writeStringProperty("credentialtype", "ACCESSTOKEN");
                json.writeStringProperty("accesstokentype", scheme);
                text(json, "accesstokenexpiresutc", expires);
            }
            case Credential.Certificate(String chain, var _) -> {
                json.writeStringProperty("credentialtype", "CERTIFICATE");
                json.writeStringProperty("certificate", chain);
            }
        }
        json.writeEndObject();
    }

    private static void config(JsonGenerator json, Subscription subscription) {
        Handling handling = subscription.handling();
        json.writeObjectPropertyStart("config");
        json.writeBooleanProperty("paused", subscription.status().state() == State.PAUSED);
        json.writeStringProperty("order", handling.order() == Order.NONE ? "none" : "perKey");
        Set<String> errorsOf = subscription.interest().errorsOf();
        if (errorsOf != null) {
            json.writeArrayPropertyStart("errorsOf");
            errorsOf.stream().sorted().forEach(json::writeString);
            json.writeEndArray();
        }
        number(json, "maxRate", handling.maxRate());
        number(json, "concurrency", handling.concurrency());
        Retries retries = handling.retries();
        if (!retries.equals(Retries.DEFAULT)) {
            json.writeObjectPropertyStart("retries");
            duration(json, "first", retries.first());
            duration(json, "longest", retries.longest());
            duration(json, "giveUp", retries.giveUp());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /// An active one of which nothing may be delivered is told to be suspended.
    private static void status(JsonGenerator json, Subscription subscription, Standing standing) {
        boolean suspended = subscription.active() && standing.granted().isEmpty();
        json.writeStringProperty(
                "state", suspended ? "suspended" : word(subscription.status().state()));
        text(
                json,
                "reason",
                suspended
                        ? "you may consume none of the types it is about; it goes on once the catalog grants one"
                        : subscription.status().reason());
        text(json, "since", subscription.status().since());
        if (!standing.notGranted().isEmpty()) {
            types(json, "notGranted", standing.notGranted());
        }
    }

    private static void types(JsonGenerator json, String name, Collection<EventType> types) {
        json.writeArrayPropertyStart(name);
        types.stream().map(EventType::value).sorted().forEach(json::writeString);
        json.writeEndArray();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) {
        if (value != null) {
            Object told = value instanceof Instant time ? time.truncatedTo(ChronoUnit.MILLIS) : value;
            json.writeStringProperty(name, told.toString());
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Integer value) {
        if (value != null) {
            json.writeNumberProperty(name, value.intValue());
        }
    }

    private static void duration(JsonGenerator json, String name, @Nullable Duration value) {
        if (value != null) {
            json.writeStringProperty(name, DurationText.print(value));
        }
    }
}
