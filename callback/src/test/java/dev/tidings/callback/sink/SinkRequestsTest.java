package dev.tidings.callback.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.subscriptions.Sink;
import dev.tidings.broker.subscriptions.Sink.Mode;
import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.Lane;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkRequestsTest {
    private static final Bytes EVENT = Bytes.utf8(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/test\",\"type\":\"a.b.C\",\"data\":{\"x\":1}}");

    @ParameterizedTest
    @EnumSource(Mode.class)
    void tellsNoOffset(Mode mode) {
        SinkRequest request = requests(mode, Map.of())
                .delivery("msg", List.of(new Delivery(17, Lane.EVENTS, 0, true, EVENT)), Instant.EPOCH);

        assertThat(request.body().toUtf8()).doesNotContain("offset");
        assertThat(request.headers()).extracting(SinkRequest.Header::name).doesNotContain("ce-offset");
    }

    @Test
    void hasTheHeadersOfItsSubscriptionInEachRequest() {
        SinkRequests requests = requests(Mode.BINARY, Map.of("x-shop", "17"));

        assertThat(requests.handshake(null).headers()).contains(new SinkRequest.Header("x-shop", "17"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Content-Type",
                "transfer-encoding",
                "connection",
                "ce-id",
                "webhook-signature",
                "proxy-authorization",
                "User-Agent"
            })
    void hasNoneThatAreNotForASubscriptionToSayThoughItWasStoredWithThem(String name) {
        SinkRequests requests = requests(Mode.BINARY, Map.of(name, "evil"));

        assertThat(requests.handshake(null).headers())
                .extracting(SinkRequest.Header::value)
                .doesNotContain("evil");
    }

    private static SinkRequests requests(Mode mode, Map<String, String> headers) {
        Sink sink = new Sink(
                URI.create("https://hooks.example/"), mode, headers, Sink.Handshake.NONE, null, null, List.of());
        return new SinkRequests(sink, "hub.example", "Tidings");
    }
}
