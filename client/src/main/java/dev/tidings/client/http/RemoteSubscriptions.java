package dev.tidings.client.http;

import dev.tidings.client.RefusedException;
import dev.tidings.client.subscriptions.Subscribing;
import dev.tidings.client.subscriptions.Subscription;
import dev.tidings.client.subscriptions.SubscriptionStatus;
import dev.tidings.client.subscriptions.Subscriptions;
import dev.tidings.model.DurationText;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The subscriptions of a program at its broker. May be used by any thread.
public final class RemoteSubscriptions implements Subscriptions {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final String PATH = "/ce/subscriptions";
    private static final int PAGE = 1_000;
    private static final int NOT_FOUND = 404;

    private final Calls calls;

    public RemoteSubscriptions(Calls calls) {
        this.calls = calls;
    }

    @Override
    public CompletableFuture<Subscription> create(Subscribing wanted) {
        return one(calls.askOnce(to("").POST(BodyPublishers.ofString(wanted.json()))));
    }

    @Override
    public CompletableFuture<List<Subscription>> list() {
        return list(new ArrayList<>());
    }

    /// Reads on behind those that are there.
    private CompletableFuture<List<Subscription>> list(List<Subscription> before) {
        String last = before.isEmpty() ? null : before.get(before.size() - 1).id();
        Parameters page = new Parameters().put("limit", PAGE).put("after", last);
        return calls.ask(to("?" + page)).thenCompose(answer -> {
            List<Subscription> some = Json.read(answer, RemoteSubscriptions::many);
            before.addAll(some);
            return some.size() < PAGE ? CompletableFuture.completedFuture(List.copyOf(before)) : list(before);
        });
    }

    @Override
    public CompletableFuture<Subscription> get(String id) {
        return one(calls.ask(to(path(id))));
    }

    @Override
    public CompletableFuture<SubscriptionStatus> status(String id) {
        return calls.ask(to(path(id) + "/status")).thenApply(answer -> Json.read(answer, RemoteSubscriptions::status));
    }

    @Override
    public CompletableFuture<Subscription> change(Subscription before, Subscribing wanted) {
        HttpRequest.Builder request = to(path(before.id()))
                .header("if-match", "\"" + before.version() + "\"")
                .PUT(BodyPublishers.ofString(wanted.json()));
        return one(calls.askOnce(request));
    }

    @Override
    public CompletableFuture<Subscription> pause(String id, String reason) {
        return one(calls.ask(post(path(id) + "/pause?" + new Parameters().put("reason", reason))));
    }

    @Override
    public CompletableFuture<Subscription> resume(String id) {
        return one(calls.ask(post(path(id) + "/resume")));
    }

    @Override
    public CompletableFuture<Subscription> rotateSecret(String id, Duration overlap) {
        Parameters how = new Parameters().put("overlap", DurationText.print(overlap));
        return one(calls.askOnce(post(path(id) + "/rotate-secret?" + how)));
    }

    @Override
    public CompletableFuture<Void> delete(String id) {
        return calls.ask(to(path(id)).DELETE()).handle((answer, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            boolean gone = cause instanceof RefusedException refused && refused.status() == NOT_FOUND;
            if (failure != null && !gone) {
                throw new CompletionException(cause);
            }
            return null;
        });
    }

    private HttpRequest.Builder to(String path) {
        return calls.requests().to(PATH + path).timeout(ANSWER_TIMEOUT).header("content-type", "application/json");
    }

    private HttpRequest.Builder post(String path) {
        return to(path).POST(BodyPublishers.noBody());
    }

    private static String path(String id) {
        return "/" + Parameters.encoded(id);
    }

    private static CompletableFuture<Subscription> one(CompletableFuture<java.net.http.HttpResponse<byte[]>> asking) {
        return asking.thenApply(answer -> Json.read(answer, RemoteSubscriptions::one));
    }

    private static List<Subscription> many(JsonNode answer) {
        List<Subscription> many = new ArrayList<>();
        answer.forEach(each -> many.add(one(each)));
        return many;
    }

    private static Subscription one(JsonNode answer) {
        ObjectNode wanted = (ObjectNode) answer.deepCopy();
        wanted.remove(List.of("id", "version", "status", "created", "changed", "signingsecret"));
        return new Subscription(
                answer.path("id").asString(),
                answer.path("version").asLong(),
                answer.path("status").path("state").asString(),
                text(answer.path("status").path("reason")),
                Subscribing.of(wanted.toString()),
                Instant.parse(answer.path("created").asString()),
                Instant.parse(answer.path("changed").asString()),
                text(answer.path("signingsecret")));
    }

    private static SubscriptionStatus status(JsonNode answer) {
        return new SubscriptionStatus(
                answer.path("state").asString(),
                text(answer.path("reason")),
                Json.texts(answer.path("granted")),
                answer.path("backlog").asLong(),
                Duration.ofSeconds(answer.path("oldestSeconds").asLong()),
                answer.path("inFlight").asInt(),
                answer.path("retries").asInt(),
                answer.path("breaker").asString(),
                time(answer.path("nextRetry")),
                number(answer.path("allowedRate")),
                time(answer.path("lastSuccess")),
                failure(answer.path("lastFailure")));
    }

    private static SubscriptionStatus.@Nullable Failure failure(JsonNode answer) {
        Instant at = time(answer.path("at"));
        return at == null
                ? null
                : new SubscriptionStatus.Failure(
                        at, number(answer.path("status")), answer.path("reason").asString());
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.asString() : null;
    }

    private static @Nullable Integer number(JsonNode value) {
        return value.isNumber() ? value.asInt() : null;
    }

    private static @Nullable Instant time(JsonNode value) {
        return value.isString() ? Instant.parse(value.asString()) : null;
    }
}
