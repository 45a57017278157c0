package dev.tidings.it;

import dev.tidings.model.Bytes;
import dev.tidings.server.http.Operation;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.node.ObjectNode;

/// Makes attempts at a broker.
///
/// @param address of the broker
/// @param desk    the client that owns the instances that are called
/// @param catalog what is applied, but only rehearsed
record Attempts(String address, Client desk, CatalogText catalog) {
    private static final String NO_PAYLOAD = "0".repeat(32);
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (_, _) -> true);

    /// What somebody is answered who tries it.
    Reply by(Identity identity, Attempt attempt) {
        if (attempt.operation() == Operation.CONSUME_WEBSOCKET) {
            return socket(identity, attempt);
        }
        if (attempt.instance() != null) {
            return instance(identity, attempt);
        }
        Reply reply = send(identity, call(attempt));
        boolean opens = attempt.operation() == Operation.OPEN_INSTANCE
                || attempt.operation() == Operation.BEGIN_UPLOAD
                || attempt.operation() == Operation.CREATE_SUBSCRIPTION;
        if (opens && reply.status() == 201) {
            Reply gone = send(identity, Call.of("DELETE", reply.header("Location")));
            gone.expect(attempt.operation() == Operation.CREATE_SUBSCRIPTION ? 200 : 204);
        }
        return reply;
    }

    private Reply send(Identity identity, Call call) {
        String authorization = identity.authorization();
        Call complete = authorization == null ? call : call.header("Authorization", authorization);
        return new Client(identity.http(), address, null).send(complete);
    }

    private Reply socket(Identity identity, Attempt attempt) {
        WebSocket.Builder builder = identity.http().newWebSocketBuilder();
        String authorization = identity.authorization();
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        String socketAddress = address.replaceFirst("^http", "ws") + "/ce/consume/ws" + opening(attempt);
        try {
            builder.buildAsync(URI.create(socketAddress), new WebSocket.Listener() {})
                    .join()
                    .abort();
            return new Reply(101, NO_HEADERS, Bytes.EMPTY);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return new Reply(refused.getResponse().statusCode(), NO_HEADERS, Bytes.EMPTY);
            }
            throw e;
        }
    }

    private Reply instance(Identity identity, Attempt attempt) {
        PolledInstance mine = desk.poll("events=false&group=mine");
        String called = switch (attempt.instance()) {
            case OF_DESK -> mine.address();
            case OF_DESK_IN_ANOTHER_GROUP -> mine.address().replace("/mine/", "/other/");
            case OF_DESK_ON_ANOTHER_NODE -> mine.address().replaceFirst("/[^/]+/ce/", "/n2/ce/");
            case THAT_NEVER_WAS -> mine.address().replaceFirst("[^/]+$", "0".repeat(32));
        };
        Reply reply = send(identity, call(attempt.operation(), called));
        desk.send(Call.of("DELETE", mine.address()));
        return reply;
    }

    private static Call call(Operation operation, String instance) {
        return switch (operation) {
            case POLL_RAW -> Call.get(instance + "/raw?timeout=0");
            case POLL_EVENT -> Call.get(instance + "/event?timeout=0");
            case POLL_EVENTS -> Call.get(instance + "/events?timeout=0");
            case CONFIRM -> Call.post(instance + "/confirm");
            case RELEASE -> Call.post(instance + "/release?offset=1");
            case REPORT_DEAD ->
                Call.post(instance + "/dead")
                        .type(Call.EVENT)
                        .body(Shop.order(id()).toString());
            case CLOSE_INSTANCE -> Call.of("DELETE", instance);
            default -> throw new IllegalArgumentException(operation + " calls no instance");
        };
    }

    private Call call(Attempt attempt) {
        Operation operation = attempt.operation();
        String path = operation
                .path()
                .replace("{dead}", "desk~999999")
                .replace("{backup}", "none")
                .replace("{subscription}", "0".repeat(32))
                .replace("{group}", "none")
                .replace("{payload}", NO_PAYLOAD)
                .replace("{upload}", NO_PAYLOAD);
        Call plain = Call.of(operation.method().name(), path);
        return switch (operation) {
            case PRODUCE_RAW, PRODUCE_TEST_EVENT -> binary(plain, attempt);
            case PRODUCE_EVENT, PRODUCE_ANY ->
                plain.type(Call.EVENT).body(event(attempt).toString());
            case PRODUCE_EVENTS ->
                plain.type(Call.BATCH)
                        .body(Json.array(List.of(event(attempt), event(attempt)))
                                .toString());
            case CREATE_SUBSCRIPTION, REPLACE_SUBSCRIPTION -> plain.body(subscription(attempt));
            case STORE_PAYLOAD -> plain.to(path + ofType(attempt)).body("of a payload");
            case BEGIN_UPLOAD -> plain.to(path + ofType(attempt)).header("Upload-Length", "12");
            case OPEN_INSTANCE -> plain.to(path + opening(attempt));
            case APPLY_CATALOG ->
                plain.to(path + "?dry-run=true").type("application/yaml").body(catalog.toString());
            case READ_STREAM ->
                plain.to("/ce/streams/Shop.Web/events"
                        + (attempt.types().isEmpty() ? "" : "?types=" + String.join(",", attempt.types())));
            case RESUBMIT_MANY_DEAD, DISCARD_MANY_DEAD -> plain.to(path + "?client=nobody");
            default -> plain;
        };
    }

    private static Call binary(Call plain, Attempt attempt) {
        return plain.header("ce-specversion", "1.0")
                .header("ce-id", id())
                .header("ce-source", String.valueOf(attempt.source()))
                .header("ce-type", attempt.types().iterator().next())
                .type("application/json")
                .body("{\"grams\": 5}");
    }

    private static ObjectNode event(Attempt attempt) {
        return Shop.event(attempt.types().iterator().next(), id()).put("source", attempt.source());
    }

    private static String subscription(Attempt attempt) {
        ObjectNode subscription =
                Json.object().put("sink", "https://hooks.example.org/desk").put("protocol", "HTTP");
        if (!attempt.types().isEmpty()) {
            attempt.types().forEach(subscription.putArray("types")::add);
        }
        return subscription.toString();
    }

    private static String ofType(Attempt attempt) {
        return "?type=" + attempt.types().iterator().next();
    }

    private static String opening(Attempt attempt) {
        return attempt.types().isEmpty()
                ? "?group=all"
                : "?group=of-" + attempt.types().hashCode() + "&types=" + String.join(",", attempt.types());
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
