package dev.tidings.it;

import dev.tidings.model.Bytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of a broker, on the JDK's HTTP client.
///
/// @param base  the address of the broker, without a slash at its end
/// @param token what it proves itself with; null: nothing
public record Client(HttpClient http, String base, @Nullable String token) {
    Reply send(Call call) {
        return Deadline.await(sendAsync(call));
    }

    CompletableFuture<Reply> sendAsync(Call call) {
        return http.sendAsync(request(call), BodyHandlers.ofByteArray()).thenApply(Client::reply);
    }

    public Reply get(String address) {
        return send(Call.get(address));
    }

    Reply post(String address) {
        return send(Call.post(address));
    }

    /// Produces one structured event, or several as a batch.
    public Reply produce(JsonNode... events) {
        return send(events.length == 1 ? Call.event(events[0]) : Call.batch(Arrays.asList(events)));
    }

    /// What the metrics say.
    ///
    /// @param series a name with its labels, as it stands in the metrics; 0 where it is not there
    double metric(String series) {
        return get("/metrics")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    /// Opens an instance that is polled.
    ///
    /// @param query parameters, as `group=a&test=false`
    public PolledInstance poll(String query) {
        Reply created = send(Call.post("/ce/consumers" + (query.isEmpty() ? "" : "?" + query)));
        return new PolledInstance(this, created.expect(201).header("Location"));
    }

    /// Consumes over WebSocket.
    Subscription subscribe(String query) {
        Subscription subscription = new Subscription();
        WebSocket socket = Deadline.await(socket().subprotocols("cloudevents.json")
                .buildAsync(URI.create(socketAddress(query)), subscription.listener()));
        return subscription.over(socket);
    }

    /// A WebSocket with this client's credential, to be set up further.
    WebSocket.Builder socket() {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    String socketAddress(String query) {
        return base.replaceFirst("^http", "ws") + "/ce/consume/ws" + (query.isEmpty() ? "" : "?" + query);
    }

    private HttpRequest request(Call call) {
        String address = call.address();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address.startsWith("/") ? base + address : address))
                .method(
                        call.method(),
                        call.body().length() == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(call.body().toArray()));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!call.headers().isEmpty()) {
            request.headers(call.headers().toArray(String[]::new));
        }
        return request.build();
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.headers(), Bytes.of(response.body()));
    }
}
