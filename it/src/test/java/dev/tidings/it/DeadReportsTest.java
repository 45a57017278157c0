package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reports of dead events, by polling.
class DeadReportsTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Branch.CATALOG);

    private final Branch shop = Branch.of(broker);

    @Test
    @Proves(Statement.POLL_DEAD_BINARY)
    void takesAReportInBinaryMode() {
        shop.produce("a", "b");
        PolledInstance instance = shop.poll("");
        instance.events(2);

        Reply reply = shop.consumer()
                .send(binary(instance, "b").header("ce-offset", "2").body("{\"grams\":-1}"));

        assertThat(reply.expect(202).body().isEmpty()).isTrue();
        instance.delete();
        PolledInstance next = shop.poll("dead=true");
        List<JsonNode> events = next.events(2);
        assertThat(Json.ids(events)).containsExactlyInAnyOrder("a", "b");
        assertThat(shop.dead()).singleElement().satisfies(dead -> {
            assertThat(dead.path("reported").path("data").path("grams").asInt()).isEqualTo(-1);
            assertThat(dead.path("original").path("data").path("grams").asInt()).isEqualTo(1);
        });
    }

    @Test
    @Proves(Statement.POLL_DEAD_STRUCTURED)
    void takesAStructuredReport() {
        shop.produce("a", "b");
        PolledInstance instance = shop.poll("");
        ObjectNode event = (ObjectNode) instance.events(2).get(1);

        instance.dead(event.put("error", "out of stock")).expect(202);
        assertThat(instance.address())
                .endsWith(
                        "/instances/" + shop.dead().getFirst().path("instance").asString());

        instance.delete();
        assertThat(Json.ids(shop.poll("").events(1))).containsExactly("a");
        JsonNode dead = shop.poll("events=false&dead=true").event();
        assertThat(dead.path("id").asString()).isEqualTo("b");
        assertThat(dead.path("error").asString()).isEqualTo("out of stock");
    }

    @Test
    @Proves(Statement.POLL_DEAD_BY_ID)
    void findsTheOldestUnconfirmedEventOfASourceAndId() {
        for (int i = 0; i < 3; i++) {
            shop.produce(shop.event(shop.repeated(), "again").put("sequence", i));
        }
        PolledInstance instance = shop.poll("");
        instance.events(3);
        instance.confirm(1);

        shop.consumer().send(binary(instance, "again")).expect(202);

        assertThat(shop.dead()).singleElement().satisfies(dead -> {
            assertThat(dead.path("matched").asBoolean()).isTrue();
            assertThat(dead.path("original").path("sequence").asInt()).isEqualTo(1);
        });
        instance.delete();
        assertThat(shop.poll("").event().path("sequence").asInt()).isEqualTo(2);
    }

    @Test
    @Proves(Statement.POLL_DEAD_UNMATCHED)
    void storesAReportThatMatchesNothing() {
        shop.produce("a");
        PolledInstance instance = shop.poll("");
        instance.events(1);

        shop.consumer().send(binary(instance, "unheard-of")).expect(202);

        assertThat(shop.dead()).singleElement().satisfies(dead -> {
            assertThat(dead.path("matched").asBoolean()).isFalse();
            assertThat(dead.path("reported").path("id").asString()).isEqualTo("unheard-of");
        });
        assertThat(shop.poll("events=false&dead=true").event().path("id").asString())
                .isEqualTo("unheard-of");
        instance.delete();
        assertThat(Json.ids(shop.poll("").events(1))).containsExactly("a");
    }

    @Test
    @Proves(Statement.STATUS_400_OFFSET)
    void refusesAReportOfWhatWasNeverDelivered() {
        shop.produce("a");
        PolledInstance instance = shop.poll("");

        shop.consumer().send(binary(instance, "a").header("ce-offset", "1")).refused(400, "offset-not-delivered");

        assertThat(shop.dead()).isEmpty();
    }

    private Call binary(PolledInstance instance, String id) {
        return Call.post(instance.address() + "/dead")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/" + shop.name())
                .header("ce-type", shop.placed())
                .type("application/json")
                .body("{}");
    }
}
