package dev.tidings.it;

import static dev.tidings.it.Statement.EVENTS_ARE_CLOUDEVENTS_1_0;
import static dev.tidings.it.Statement.TYPES_OF_FOUR_SEGMENTS;
import static dev.tidings.it.Statement.TYPES_OF_OTHER_FORMS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventsTest {
    private static final String REVERSED = "com.example.order.placed";
    private static final String SHORT = "ping";

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(CatalogText.EMPTY
            .type("AGE.MPass.User.Authenticated")
            .type(REVERSED)
            .type(SHORT)
            .client(
                    "shop",
                    "produces: { sources: [/shop/web], types: [AGE.MPass.User.Authenticated, " + REVERSED + ", ping] }")
            .client("desk", "consumes: { types: [AGE.MPass.User.Authenticated, " + REVERSED + ", ping] }"));

    @Test
    @Proves(EVENTS_ARE_CLOUDEVENTS_1_0)
    void areDeliveredAsCloudEvents10() {
        broker.client("shop").produce(Shop.event(SHORT, "v1")).accepted(1, 0);

        JsonNode delivered =
                broker.client("desk").poll("group=versions&types=ping").event();

        assertThat(delivered.path("specversion").asString()).isEqualTo("1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.3", "1.1", "1", ""})
    @Proves(EVENTS_ARE_CLOUDEVENTS_1_0)
    void ofAnotherVersionAreRefused(String version) {
        Reply reply = broker.client("shop").produce(Shop.event(SHORT, "v2").put("specversion", version));

        reply.refused(400, "malformed-event").naming("0 v2 /specversion");
    }

    @Test
    @Proves(EVENTS_ARE_CLOUDEVENTS_1_0)
    void ofAnotherVersionAreRefusedInBinaryModeToo() {
        Reply reply = broker.client("shop")
                .send(Call.post("/ce/produce/raw")
                        .header("ce-specversion", "0.3")
                        .header("ce-id", "v3")
                        .header("ce-source", Shop.SOURCE)
                        .header("ce-type", SHORT));

        reply.refused(400, "malformed-event").naming("0 v3 /specversion");
    }

    @Test
    @Proves(TYPES_OF_FOUR_SEGMENTS)
    void mayHaveATypeOfFourSegments() {
        isTakenAndDelivered("AGE.MPass.User.Authenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {REVERSED, SHORT})
    @Proves(TYPES_OF_OTHER_FORMS)
    void mayHaveATypeOfAnotherForm(String type) {
        isTakenAndDelivered(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop..Placed", ".Placed", "Placed.", "Order Placed", "Ordér.Placed"})
    @Proves(TYPES_OF_OTHER_FORMS)
    void mayNotHaveATypeThatIsNotWellFormed(String type) {
        Reply reply = broker.client("shop").produce(Shop.event(type, "t"));

        reply.refused(400, "malformed-event").naming("0 t /type");
    }

    private static void isTakenAndDelivered(String type) {
        PolledInstance desk = broker.client("desk").poll("group=of-" + type + "&types=" + type + "&from=latest");

        broker.client("shop").produce(Shop.event(type, "of " + type)).accepted(1, 0);

        JsonNode delivered = desk.event();
        assertThat(delivered.path("type").asString()).isEqualTo(type);
        desk.confirm();
        desk.delete();
    }
}
