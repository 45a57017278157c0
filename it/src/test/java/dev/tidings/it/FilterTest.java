package dev.tidings.it;

import static dev.tidings.it.Statement.BEYOND_FILTER;
import static dev.tidings.it.Statement.BEYOND_FILTER_CONFIRMED;
import static dev.tidings.it.Statement.BEYOND_FILTER_DIALECTS;
import static dev.tidings.it.Statement.BEYOND_FILTER_FAILS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Groups that read by a filter.
class FilterTest {
    private static final String HEAVY = "{\"cel\":\"data.grams > 1000\"}";

    @RegisterExtension
    final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @ParameterizedTest
    @EnumSource
    @Proves(BEYOND_FILTER)
    void deliversWhatMatches(Way way) {
        Client desk = broker.client("desk");
        try (Consumer consumer = way.open(desk, "group=heavy-" + way + "&filter=" + encoded(HEAVY))) {
            broker.client("shop")
                    .produce(order("1", 900), order("2", 1_100), order("3", 1_000), order("4", 2_000))
                    .accepted(4, 0);

            assertThat(Json.ids(consumer.events(2))).containsExactly("2", "4");
            broker.client("shop").produce(order("5", 900), order("6", 1_001)).accepted(2, 0);
            assertThat(Json.ids(consumer.events(1))).containsExactly("6");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exact\":{\"id\":\"2\"}}",
                "[{\"prefix\":{\"type\":\"Shop.Web.\"}},{\"suffix\":{\"id\":\"2\"}}]",
                "{\"all\":[{\"prefix\":{\"id\":\"2\"}},{\"any\":[{\"exact\":{\"source\":\"/shop/web\"}}]}]}",
                "{\"not\":{\"any\":[{\"exact\":{\"id\":\"1\"}},{\"exact\":{\"id\":\"3\"}}]}}",
                "{\"sql\":\"id IN ('2', '5') AND source LIKE '/shop/%'\"}",
                "{\"cel\":\"data.grams == 1100 && source.startsWith('/shop')\"}"
            })
    @Proves(BEYOND_FILTER_DIALECTS)
    void speaksTheDialects(String filter) {
        broker.client("shop")
                .produce(order("1", 900), order("2", 1_100), order("3", 1_000))
                .accepted(3, 0);

        PolledInstance desk = broker.client("desk").poll("filter=" + encoded(filter));

        assertThat(Json.ids(desk.events(1))).containsExactly("2");
        desk.hasNothing();
    }

    @Test
    @Proves(BEYOND_FILTER_DIALECTS)
    void saysWhatIsWrongWithAFilterAndWhere() {
        Client desk = broker.client("desk");

        refused(desk, "{\"exact\":{\"id\":\"\"}}", "parameter 'filter'", "/exact/id");
        refused(desk, "{\"glob\":{\"id\":\"*\"}}", "/glob", "there is no dialect 'glob'");
        refused(desk, "[{\"sql\":\"id =\"}]", "/0/sql", "at character 5");
        refused(desk, "{\"cel\":\"data.grams\"", "JSON");
        refused(desk, "{\"cel\":\"idd == '1'\"}", "/cel", "undeclared reference to 'idd'");
    }

    @Test
    @Proves(BEYOND_FILTER)
    void refusesAnotherFilterForAGroupThatExists() {
        Client desk = broker.client("desk");
        desk.poll("group=heavy&filter=" + encoded(HEAVY));

        desk.post("/ce/consumers?group=heavy&filter=" + encoded("{\"cel\":\"data.grams > 1\"}"))
                .refused(409, "group-conflict");
        desk.post("/ce/consumers?group=heavy&filter=" + encoded("[ " + HEAVY + " ]"))
                .expect(201);
        desk.post("/ce/consumers?group=heavy").expect(201);
    }

    @Test
    @Proves(BEYOND_FILTER_CONFIRMED)
    void countsWhatIsKeptOutAsConfirmed() {
        broker.client("shop")
                .produce(order("1", 900), order("2", 1_100), order("3", 900))
                .accepted(3, 0);
        PolledInstance heavy = broker.client("desk").poll("group=heavy&filter=" + encoded(HEAVY));
        heavy.events(1);
        heavy.hasNothing(); // what is behind it has been read, too
        heavy.confirm(1);

        JsonNode group = group("heavy");
        assertThat(group.path("backlog").asInt()).isZero();
        assertThat(group.path("filteredOut").asInt()).isEqualTo(2);
        assertThat(group.path("filter").toString()).isEqualTo(HEAVY);

        broker.restart();

        PolledInstance again = broker.client("desk").poll("group=heavy");
        broker.client("shop").produce(order("4", 900), order("5", 1_200)).accepted(2, 0);
        assertThat(Json.ids(again.events(1))).containsExactly("5");
        again.hasNothing();
    }

    @Test
    @Proves(BEYOND_FILTER_FAILS)
    void keepsOutWhatTheFilterFailsOnAndTellsHowOften() {
        broker.client("shop").produce(order("1", 900), order("2", 1_100)).accepted(2, 0);

        PolledInstance desk =
                broker.client("desk").poll("group=failing&filter=" + encoded("{\"cel\":\"data.kilos > 1\"}"));
        desk.hasNothing();

        assertThat(group("failing").path("filterFailures").asInt()).isEqualTo(2);
        assertThat(broker.client("admin").get("/metrics").expect(200).text())
                .contains("tidings_group_filter_failures_total{client=\"desk\",group=\"failing\"} 2.0");
    }

    private JsonNode group(String name) {
        for (JsonNode group :
                broker.client("desk").get("/ce/groups").expect(200).json().path("groups")) {
            if (group.path("name").asString().equals(name)) {
                return group;
            }
        }
        throw new AssertionError("there is no group " + name);
    }

    private static void refused(Client desk, String filter, String... words) {
        desk.post("/ce/consumers?filter=" + encoded(filter))
                .refused(400, "invalid-parameter")
                .saying(words);
    }

    private static JsonNode order(String id, int grams) {
        var order = Shop.order(id);
        order.putObject("data").put("grams", grams);
        return order;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
