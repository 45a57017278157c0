package dev.tidings.broker.subscriptions;

import dev.tidings.engine.Batch;
import dev.tidings.engine.Batch.StateChange;
import dev.tidings.engine.Engine;
import dev.tidings.model.Bytes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Until when sinks want to be left alone, as they said by `Retry-After`, so that nobody who has restarted calls them
/// too early. Rows of the store's state: key `client/id`, value a JSON object. Part of the storage format; unknown
/// members are passed over. Any thread.
final class Rests {
    private static final String TABLE = "subscription-rests";
    private static final JsonMapper JSON = new JsonMapper();

    private final Engine engine;
    private final Map<String, Rest> byKey = new ConcurrentHashMap<>();

    /// @param sink who said so: another one did not
    private record Rest(String sink, Instant until) {}

    Rests(Engine engine) {
        this.engine = engine;
        engine.states().rows(TABLE).forEach((key, value) -> byKey.put(key, read(value)));
    }

    Optional<Instant> of(Subscription subscription) {
        return Optional.ofNullable(byKey.get(SubscriptionRows.key(subscription)))
                .filter(rest -> rest.sink.equals(sink(subscription)))
                .map(Rest::until);
    }

    /// Is stored to the full second, so that the answers of one second make one row. Where the store can't take it, a
    /// restart forgets it: the sink is called once too early, and says it again.
    void put(Subscription subscription, Instant until) {
        Instant second = until.plusSeconds(1).minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
        if (of(subscription).filter(known -> !known.isBefore(second)).isEmpty()) {
            Rest rest = new Rest(sink(subscription), second);
            String key = SubscriptionRows.key(subscription);
            byKey.put(key, rest);
            engine.log().append(Batch.ofStates(List.of(new StateChange.Put(TABLE, key, row(rest)))));
        }
    }

    /// What is to be stored for it to be forgotten.
    List<StateChange> removal(Subscription subscription) {
        String key = SubscriptionRows.key(subscription);
        return byKey.containsKey(key) ? List.of(new StateChange.Remove(TABLE, key)) : List.of();
    }

    /// Its [#removal] is stored.
    void forget(Subscription subscription) {
        byKey.remove(SubscriptionRows.key(subscription));
    }

    private static String sink(Subscription subscription) {
        return subscription.sink().uri().toString();
    }

    private static Bytes row(Rest rest) {
        return Bytes.of(JSON.writeValueAsBytes(
                JSON.createObjectNode().put("sink", rest.sink).put("until", rest.until.toString())));
    }

    private static Rest read(Bytes value) {
        JsonNode row = JSON.readTree(value.toArray());
        return new Rest(
                row.path("sink").asString(), Instant.parse(row.path("until").asString()));
    }
}
