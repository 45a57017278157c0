package dev.tidings.it;

import static dev.tidings.it.Statement.PRODUCE_DUPLICATE;
import static dev.tidings.it.Statement.PRODUCE_RECEIPT;
import static dev.tidings.it.Statement.PRODUCE_RETRY_SAFE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

class DuplicatesTest {
    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG
            .type("Shop.Web.Page.Seen", "{ deduplication: 0s }")
            .client("page", "produces: { sources: [/shop/web], types: [Shop.Web.Page.Seen] }"));

    @Test
    @Proves({PRODUCE_DUPLICATE, PRODUCE_RECEIPT})
    void areAcknowledgedCountedAndStoredOnce() {
        Client shop = broker.client("shop");

        shop.produce(Shop.order("1").put("subject", "first")).accepted(1, 0);
        shop.produce(Shop.order("1").put("subject", "second")).accepted(1, 1);
        shop.produce(Shop.order("1"), Shop.order("2"), Shop.order("2"), Shop.order("3"))
                .accepted(4, 2);

        PolledInstance desk = broker.client("desk").poll("");
        List<String> ids = Json.ids(desk.events(3));
        assertThat(ids).containsExactly("1", "2", "3");
        desk.hasNothing();
    }

    @Test
    @Proves(PRODUCE_DUPLICATE)
    void areToldBySourceAndId() {
        Client shop = broker.client("shop");

        shop.produce(Shop.order("1")).accepted(1, 0);
        shop.produce(Shop.order("1").put("source", "/shop/till")).accepted(1, 0);

        PolledInstance desk = broker.client("desk").poll("");
        assertThat(desk.events(2)).hasSize(2);
    }

    @Test
    @Proves(PRODUCE_DUPLICATE)
    void areToldInWhicheverModeTheyCome() {
        Client shop = broker.client("shop");

        shop.produce(Shop.order("1")).accepted(1, 0);

        shop.send(Call.raw("1")).accepted(1, 1);
        shop.send(Call.raw("1").to("/ce")).accepted(1, 1);
    }

    @Test
    @Proves(PRODUCE_DUPLICATE)
    void areToldAfterARestart() {
        broker.client("shop").produce(Shop.order("1")).accepted(1, 0);

        broker.restart();

        broker.client("shop").produce(Shop.order("1"), Shop.order("2")).accepted(2, 1);
    }

    @Test
    @Proves(PRODUCE_DUPLICATE)
    void areNotToldWhereTheTypeRemembersNothing() {
        ObjectNode seen = Shop.event("Shop.Web.Page.Seen", "1");

        broker.client("page").produce(seen).accepted(1, 0);
        broker.client("page").produce(seen).accepted(1, 0);
    }

    @Test
    @Proves(PRODUCE_RETRY_SAFE)
    void areStoredOnceWhenTheSameBatchComesManyTimesAtOnce() {
        List<ObjectNode> events =
                IntStream.range(0, 50).mapToObj(i -> Shop.order("e" + i)).toList();
        Client shop = broker.client("shop");

        List<CompletableFuture<Reply>> sent = IntStream.range(0, 20)
                .mapToObj(_ -> shop.sendAsync(Call.batch(events)))
                .toList();
        List<Reply> replies = sent.stream().map(Deadline::await).toList();

        int duplicates = replies.stream()
                .mapToInt(reply -> reply.expect(200).json().path("duplicates").asInt())
                .sum();
        assertThat(replies)
                .allSatisfy(reply ->
                        assertThat(reply.json().path("accepted").asInt()).isEqualTo(50));
        assertThat(duplicates).isEqualTo(19 * 50);
        PolledInstance desk = broker.client("desk").poll("");
        assertThat(Json.ids(desk.events(50))).isEqualTo(Json.ids(events));
        desk.hasNothing();
    }
}
