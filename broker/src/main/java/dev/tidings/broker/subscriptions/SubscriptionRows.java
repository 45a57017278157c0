package dev.tidings.broker.subscriptions;

import dev.tidings.broker.subscriptions.Sink.Handshake;
import dev.tidings.broker.subscriptions.Sink.Mode;
import dev.tidings.broker.subscriptions.Subscription.Handling;
import dev.tidings.broker.subscriptions.Subscription.Interest;
import dev.tidings.broker.subscriptions.Subscription.Order;
import dev.tidings.broker.subscriptions.Subscription.State;
import dev.tidings.broker.subscriptions.Subscription.Status;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.StateTables;
import dev.tidings.model.Bytes;
import dev.tidings.model.ClientName;
import dev.tidings.model.EventType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Subscriptions as rows of the store's state: key `client/id`, value a JSON object; secrets are sealed. Part of the
/// storage format; unknown members are passed over.
final class SubscriptionRows {
    private static final String TABLE = "subscriptions";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNREADABLE =
            "its secrets cannot be read with the key that this server has; give new ones, then resume it";

    private final Seal seal;

    SubscriptionRows(Seal seal) {
        this.seal = seal;
    }

    Collection<Subscription> all(StateTables states) {
        List<Subscription> all = new ArrayList<>();
        states.rows(TABLE).forEach((key, value) -> all.add(read(key, value)));
        return all;
    }

    static StateChange remove(Subscription subscription) {
        return new StateChange.Remove(TABLE, key(subscription));
    }

    StateChange put(Subscription subscription) {
        ObjectNode row = JSON.createObjectNode()
                .put("version", subscription.version())
                .put("created", subscription.created().toString())
                .put("changed", subscription.changed().toString())
                .put("state", subscription.status().state().name())
                .put("reason", subscription.status().reason())
                .put("since", subscription.status().since().toString());
        interest(row, subscription.interest());
        Handling handling = subscription.handling();
        row.put("order", handling.order().name())
                .put("maxRate", handling.maxRate())
                .put("concurrency", handling.concurrency())
                .put("firstRetry", text(handling.retries().first()))
                .put("longestRetry", text(handling.retries().longest()))
                .put("giveUp", text(handling.retries().giveUp()));
        sink(row, subscription.id(), subscription.sink());
        return new StateChange.Put(TABLE, key(subscription), Bytes.of(JSON.writeValueAsBytes(row)));
    }

    static String key(Subscription subscription) {
        return subscription.client() + "/" + subscription.id();
    }

    private static void interest(ObjectNode row, Interest interest) {
        row.put("source", interest.source()).put("filters", interest.filters());
        Set<EventType> types = interest.types();
        if (types != null) {
            var names = row.putArray("types");
            types.stream().map(EventType::value).sorted().forEach(names::add);
        }
        Set<String> errorsOf = interest.errorsOf();
        if (errorsOf != null) {
            var groups = row.putArray("errorsOf");
            errorsOf.stream().sorted().forEach(groups::add);
        }
    }

    private void sink(ObjectNode row, String id, Sink sink) {
        row.put("sink", sink.uri().toString())
                .put("mode", sink.mode().name())
                .put("handshake", sink.handshake().name())
                .put("trusted", sink.trusted());
        ObjectNode headers = row.putObject("headers");
        sink.headers().forEach(headers::put);
        Credential credential = sink.credential();
        if (credential != null) {
            credential(row.putObject("credential"), id, credential);
        }
        var signing = row.putArray("signing");
        for (SigningSecret secret : sink.signing()) {
            signing.addObject()
                    .put("created", secret.created().toString())
                    .put("until", text(secret.until()))
                    .put("sealed", seal.seal(secret.secret(), belongsTo(id, "signing")));
        }
    }

    private void credential(ObjectNode row, String id, Credential credential) {
        String belongsTo = belongsTo(id, "credential");
        switch (credential) {
            case Credential.Plain(String identifier, Secret secret) ->
                row.put("type", "PLAIN").put("identifier", identifier).put("sealed", seal.seal(secret, belongsTo));
            case Credential.AccessToken(String scheme, Secret token, Instant expires) ->
                row.put("type", "ACCESSTOKEN")
                        .put("scheme", scheme)
                        .put("expires", text(expires))
                        .put("sealed", seal.seal(token, belongsTo));
            case Credential.Certificate(String chain, Secret key) ->
                row.put("type", "CERTIFICATE").put("chain", chain).put("sealed", seal.seal(key, belongsTo));
        }
    }

    private static String belongsTo(String id, String what) {
        return id + "/" + what;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private Subscription read(String key, Bytes value) {
        int slash = key.indexOf('/');
        String id = key.substring(slash + 1);
        JsonNode row = JSON.readTree(value.toArray());
        Optional<Sink> sink = sink(row, id);
        Instant changed = Instant.parse(row.path("changed").asString());
        Status status = new Status(
                State.valueOf(row.path("state").asString()),
                string(row, "reason"),
                Instant.parse(row.path("since").asString()));
        return new Subscription(
                id,
                new ClientName(key.substring(0, slash)),
                row.path("version").asLong(),
                sink.isPresent() ? status : new Status(State.PAUSED, UNREADABLE, changed),
                new Interest(string(row, "source"), types(row), string(row, "filters"), errorsOf(row)),
                sink.orElseGet(() -> sink(row, null, List.of())),
                handling(row),
                Instant.parse(row.path("created").asString()),
                changed);
    }

    private static @Nullable Set<EventType> types(JsonNode row) {
        if (!row.hasNonNull("types")) {
            return null;
        }
        Set<EventType> types = new HashSet<>();
        row.get("types").forEach(type -> types.add(new EventType(type.asString())));
        return types;
    }

    private static @Nullable Set<String> errorsOf(JsonNode row) {
        if (!row.hasNonNull("errorsOf")) {
            return null;
        }
        Set<String> groups = new HashSet<>();
        row.get("errorsOf").forEach(group -> groups.add(group.asString()));
        return groups;
    }

    private static Handling handling(JsonNode row) {
        return new Handling(
                Order.valueOf(row.path("order").asString()),
                row.hasNonNull("maxRate") ? row.get("maxRate").asInt() : null,
                row.hasNonNull("concurrency") ? row.get("concurrency").asInt() : null,
                new Retries(duration(row, "firstRetry"), duration(row, "longestRetry"), duration(row, "giveUp")));
    }

    /// Nothing where its secrets cannot be read.
    private Optional<Sink> sink(JsonNode row, String id) {
        List<SigningSecret> signing = new ArrayList<>();
        for (JsonNode each : row.path("signing")) {
            Optional<Secret> secret = seal.open(each.path("sealed").asString(), belongsTo(id, "signing"));
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            Instant created = Instant.parse(each.path("created").asString());
            signing.add(new SigningSecret(secret.get(), created, instant(each, "until")));
        }
        if (!row.hasNonNull("credential")) {
            return Optional.of(sink(row, null, signing));
        }
        return credential(row.get("credential"), id).map(credential -> sink(row, credential, signing));
    }

    private static Sink sink(JsonNode row, @Nullable Credential credential, List<SigningSecret> signing) {
        Map<String, String> headers = new HashMap<>();
        row.path("headers").forEachEntry((name, value) -> headers.put(name, value.asString()));
        return new Sink(
                URI.create(row.path("sink").asString()),
                Mode.valueOf(row.path("mode").asString()),
                headers,
                Handshake.valueOf(row.path("handshake").asString()),
                string(row, "trusted"),
                credential,
                signing);
    }

    private Optional<Credential> credential(JsonNode row, String id) {
        return seal.open(row.path("sealed").asString(), belongsTo(id, "credential"))
                .map(secret -> switch (row.path("type").asString()) {
                    case "PLAIN" -> new Credential.Plain(row.path("identifier").asString(), secret);
                    case "ACCESSTOKEN" ->
                        new Credential.AccessToken(row.path("scheme").asString(), secret, instant(row, "expires"));
                    default -> new Credential.Certificate(row.path("chain").asString(), secret);
                });
    }

    private static @Nullable String string(JsonNode row, String name) {
        return row.hasNonNull(name) ? row.get(name).asString() : null;
    }

    private static @Nullable Instant instant(JsonNode row, String name) {
        String text = string(row, name);
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable Duration duration(JsonNode row, String name) {
        String text = string(row, name);
        return text == null ? null : Duration.parse(text);
    }
}
