package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// What consumers have confirmed, over the end of a process.
class RestartTest {
    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @Test
    @Proves(Statement.HOLES_SURVIVE_RESTART)
    void remembersWhatWasConfirmedAboveTheLowestUnconfirmedEvent() {
        shop.produce("a", "b", "c", "d", "e");
        PolledInstance slow = shop.poll("inflight=1");
        slow.events(1);
        PolledInstance quick = shop.poll("");
        List<JsonNode> ahead = quick.events(4);
        quick.confirm(1);
        quick.dead(ahead.get(2)).expect(202);

        broker.restart();

        assertThat(Json.ids(shop.poll("").events(3))).containsExactly("a", "c", "e");
    }

    @Test
    @Proves(Statement.WS_SHUTDOWN_1001)
    void saysGoodbyeToConnectionsOnceWhatTheyConfirmedIsStored() {
        shop.produce("a", "b", "c");
        Client client = new Client(
                HttpClient.newHttpClient(), broker.address(), shop.consumer().token());
        Subscription subscription = client.subscribe("inflight=1");
        subscription.events(1);
        subscription.confirm(1);
        assertThat(Json.ids(subscription.events(1))).containsExactly("b");

        broker.restart();

        assertThat(subscription.closed().code()).isEqualTo(1001);
        assertThat(Json.ids(shop.poll("").events(2))).containsExactly("b", "c");
    }
}
