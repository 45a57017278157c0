package dev.tidings.server.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.broker.consuming.Instance.Settlement;
import dev.tidings.broker.consuming.Instances;
import dev.tidings.broker.consuming.Opened;
import dev.tidings.server.http.FrontFixture;
import dev.tidings.server.http.Operation;
import dev.tidings.server.http.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseRouteTest {
    private static final String BASE = "https://events.example.org/broker";

    private final ScriptedInstance instance = new ScriptedInstance();
    private final FrontFixture front = new FrontFixture(FrontFixture.config(), routes()::get);

    private Map<Operation, Route> routes() {
        PolledInstances polled = new PolledInstances();
        Instances instances = (_, _, _) -> CompletableFuture.completedStage(new Opened.Open(instance));
        Map<Operation, Route> routes = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            routes.put(operation, FrontFixture.ECHO);
        }
        routes.put(Operation.OPEN_INSTANCE, new OpenRoute(instances, polled, new InstanceAddresses(() -> BASE, "n1")));
        routes.put(Operation.RELEASE, new ReleaseRoute(new InstanceRoute(polled, "n1")));
        return routes;
    }

    @AfterEach
    void close() {
        front.close();
    }

    @Test
    void releasesAnEventAtOnceOrLater() {
        String address = open();

        assertThat(front.send(post(address + "/release?offset=2")).statusCode()).isEqualTo(204);
        assertThat(front.send(post(address + "/release?offset=3&delay=90")).statusCode())
                .isEqualTo(204);
        assertThat(front.send(post(address + "/release?offset=4&delay=250ms")).statusCode())
                .isEqualTo(204);

        assertThat(instance.released).containsExactly("2 null", "3 PT1M30S", "4 PT0.25S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "offset=0", "offset=x", "offset=1&delay=", "offset=1&delay=8d", "offset=1&delay=soon"})
    void refusesToReleaseByWhatIsNoOffsetOrNoDelay(String query) {
        HttpResponse<String> answer = front.send(post(open() + "/release?" + query));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-parameter");
        assertThat(instance.released).isEmpty();
    }

    @Test
    void refusesToReleaseWhatWasNeverDelivered() {
        instance.settlement = Settlement.NEVER_DELIVERED;

        HttpResponse<String> answer = front.send(post(open() + "/release?offset=9"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("offset-not-delivered");
    }

    private String open() {
        HttpResponse<String> answer = front.send(post("/ce/consumers"));
        return answer.headers().firstValue("Location").orElseThrow().substring(BASE.length());
    }

    private HttpRequest.Builder post(String path) {
        return front.request(path).POST(BodyPublishers.noBody());
    }
}
