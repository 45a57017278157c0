package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How the instances of a group share its events, and in which order they get them.
class OrderTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.PARALLEL_SHARE)
    void givesEachEventToOneInstanceHoweverManyThereAre(Way way) {
        List<Consumer> instances = IntStream.range(0, 5)
                .mapToObj(_ -> shop.open(way, "inflight=10"))
                .toList();
        String[] ids = IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new);

        shop.produce(ids);

        List<JsonNode> delivered = new ArrayList<>();
        instances.forEach(instance -> delivered.addAll(instance.events(10)));
        assertThat(Json.ids(delivered)).containsExactlyInAnyOrder(ids);
    }

    @Test
    @Proves(Statement.ORDER_PER_KEY)
    void keepsTheOrderOfAKeyAcrossEventTypesAndInstances() {
        String[] types = {shop.placed(), shop.paid()};
        ObjectNode[] events = IntStream.range(0, 40)
                .mapToObj(i -> shop.event(types[i % 3 % 2], Integer.toString(i)).put("partitionkey", "k" + i % 2))
                .toArray(ObjectNode[]::new);
        shop.produce(events);
        List<PolledInstance> instances =
                IntStream.range(0, 3).mapToObj(_ -> shop.poll("")).toList();

        List<JsonNode> delivered = new ArrayList<>();
        for (int i = 0; delivered.size() < events.length; i++) {
            Reply reply = instances.get(i % instances.size()).poll("events?confirm=true&max=3&timeout=0");
            if (reply.status() == 200) {
                reply.json().forEach(delivered::add);
            }
        }

        assertThat(ofKey("k0", delivered)).isEqualTo(ofKey("k0", List.of(events)));
        assertThat(ofKey("k1", delivered)).isEqualTo(ofKey("k1", List.of(events)));
    }

    @Test
    @Proves(Statement.ORDER_ONE_OWNER)
    void keepsLaterEventsOfAKeyForTheInstanceThatHoldsAnEarlierOne() {
        PolledInstance owner = shop.poll("");
        shop.produce(shop.order("a", "k"));
        owner.events(1);
        PolledInstance other = shop.poll("");

        shop.produce(shop.order("b", "k"), shop.order("c", "another"));

        assertThat(Json.ids(other.events(1))).containsExactly("c");
        other.hasNothing();
        assertThat(Json.ids(owner.events(1))).containsExactly("b");
    }

    @Test
    @Proves(Statement.ORDER_ONE_OWNER)
    void letsAKeyGoOnceItsOwnerHasConfirmedAllOfIt() {
        PolledInstance owner = shop.poll("");
        shop.produce(shop.order("a", "k"), shop.order("b", "k"));
        owner.events(2);
        PolledInstance other = shop.poll("");
        shop.produce(shop.order("c", "k"));
        owner.confirm(1);
        other.hasNothing();

        owner.confirm(2);

        assertThat(Json.ids(other.events(1))).containsExactly("c");
    }

    @ParameterizedTest
    @EnumSource
    @Proves(Statement.ORDER_SINGLE_INSTANCE)
    void givesASingleInstanceEventsWithoutAKeyInTheOrderOfAcceptance(Way way) {
        String[] ids = IntStream.range(0, 200).mapToObj(Integer::toString).toArray(String[]::new);
        shop.produce(ids);

        try (Consumer single = shop.open(way, "")) {
            assertThat(Json.ids(single.events(200))).containsExactly(ids);
        }
    }

    private static List<String> ofKey(String key, List<? extends JsonNode> events) {
        return Json.ids(events.stream()
                .filter(event -> event.path("partitionkey").asString().equals(key))
                .toList());
    }
}
