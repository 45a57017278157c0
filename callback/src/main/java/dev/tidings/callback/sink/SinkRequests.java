package dev.tidings.callback.sink;

import dev.tidings.broker.subscriptions.Credential;
import dev.tidings.broker.subscriptions.Sink;
import dev.tidings.callback.sink.SinkRequest.Header;
import dev.tidings.callback.sink.SinkRequest.Method;
import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.wire.BinaryMessage;
import dev.tidings.wire.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the requests to one sink, in the form that its subscription asks for.
public final class SinkRequests {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    /// What says how the message is carried belongs to the connection, not to a subscription.
    private static final Set<String> CARRIAGE = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Sink sink;
    private final String origin;
    private final Signer signer;
    private final List<Header> standing = new ArrayList<>();

    /// @param origin by what name sinks know the sender
    /// @param agent  the `User-Agent`
    public SinkRequests(Sink sink, String origin, String agent) {
        this.sink = sink;
        this.origin = origin;
        this.signer = new Signer(sink.signing());
        sink.headers().forEach((name, value) -> {
            if (isFree(name)) {
                standing.add(new Header(name, value));
            }
        });
        standing.add(new Header("User-Agent", agent));
        standing.add(new Header("WebHook-Request-Origin", origin));
        String authorization = authorization(sink.credential());
        if (authorization != null) {
            standing.add(new Header("Authorization", authorization));
        }
    }

    /// Whether a subscription may set this header.
    private static boolean isFree(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !CARRIAGE.contains(lower)
                && !lower.startsWith("ce-")
                && !lower.startsWith("webhook-")
                && !lower.startsWith("proxy-")
                && !lower.equals("user-agent");
    }

    /// A request with these events: one, or several in batch mode.
    ///
    /// @param id the same for each attempt with the same events
    public SinkRequest delivery(String id, List<Delivery> events, Instant now) {
        Content content =
                content(events.stream().map(SinkRequests::withoutOffset).toList());
        byte[] body = content.body.toArray();
        List<Header> headers = new ArrayList<>(standing);
        headers.addAll(content.headers);
        headers.addAll(signer.headers(id, now, body));
        return new SinkRequest(Method.POST, headers, Bytes.of(body));
    }

    /// The request for permission.
    ///
    /// @param perMinute the rate that is asked for; null: none in particular
    public SinkRequest handshake(@Nullable Integer perMinute) {
        List<Header> headers = new ArrayList<>(standing);
        if (perMinute != null) {
            headers.add(new Header("WebHook-Request-Rate", perMinute.toString()));
        }
        return new SinkRequest(Method.OPTIONS, headers, Bytes.EMPTY);
    }

    /// By what name the sink is asked.
    public String origin() {
        return origin;
    }

    private record Content(List<Header> headers, Bytes body) {}

    private Content content(List<Delivery> events) {
        return switch (sink.mode()) {
            case BINARY -> binary(Outgoing.binary(events.getFirst()));
            case STRUCTURED -> new Content(type(STRUCTURED), Bytes.of(Outgoing.structured(events.getFirst())));
            case BATCH -> new Content(type(BATCH), Bytes.of(Outgoing.batch(events)));
        };
    }

    private static Content binary(BinaryMessage message) {
        List<Header> headers = new ArrayList<>();
        String contentType = message.contentType();
        if (contentType != null) {
            headers.addAll(type(contentType));
        }
        message.headers().forEach(header -> headers.add(new Header(header.name(), header.value())));
        return new Content(headers, message.body());
    }

    private static List<Header> type(String contentType) {
        return List.of(new Header("Content-Type", contentType));
    }

    private static @Nullable String authorization(@Nullable Credential credential) {
        return switch (credential) {
            case null -> null;
            case Credential.Certificate _ -> null;
            case Credential.Plain(String user, var secret) ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + secret.text()).getBytes(StandardCharsets.UTF_8));
            case Credential.AccessToken token ->
                token.scheme() + " " + token.token().text();
        };
    }

    /// An offset is a consumer instance's own number; a sink has none, and would see another with each attempt.
    private static Delivery withoutOffset(Delivery delivery) {
        return new Delivery(
                Delivery.NO_OFFSET, delivery.lane(), delivery.acceptedMillis(), delivery.timed(), delivery.json());
    }
}
