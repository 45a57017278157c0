package dev.tidings.it;

import static dev.tidings.it.Statement.PRODUCE_ORDER_ATTRIBUTES_BEFORE_GRANTS;
import static dev.tidings.it.Statement.PRODUCE_ORDER_CALLER_BEFORE_ATTRIBUTES;
import static dev.tidings.it.Statement.PRODUCE_ORDER_CONTENT_TYPE_BEFORE_PARSE;
import static dev.tidings.it.Statement.PRODUCE_ORDER_GRANTS_BEFORE_SCHEMA;
import static dev.tidings.it.Statement.PRODUCE_ORDER_PARSE_BEFORE_CALLER;
import static dev.tidings.it.Statement.PRODUCE_ORDER_SIZE_FIRST;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

/// Of two things that are wrong with a request, the one that is checked first decides the status.
class OrderOfChecksTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private final Client shop = broker.client("shop");
    private final Client stranger = broker.clientWith("a-wrong-key");

    @Test
    @Proves(PRODUCE_ORDER_SIZE_FIRST)
    void checksTheSizeBeforeTheContentType() {
        String large = "x".repeat((1 << 20) + 1);

        stranger.send(Call.post("/ce/produce/event").type("image/png").body(large))
                .refused(413, "request-too-large");
    }

    @Test
    @Proves(PRODUCE_ORDER_CONTENT_TYPE_BEFORE_PARSE)
    void checksTheContentTypeBeforeItParses() {
        stranger.send(Call.post("/ce/produce/event").type("image/png").body("{"))
                .refused(415, "unsupported-content-type");
    }

    @Test
    @Proves(PRODUCE_ORDER_PARSE_BEFORE_CALLER)
    void parsesBeforeItChecksTheCaller() {
        stranger.send(Call.event(Shop.order("1")).body("{")).refused(400, "malformed-request");
        broker.client("desk").send(Call.event(Shop.order("1")).body("{")).refused(400, "malformed-request");
    }

    @Test
    @Proves(PRODUCE_ORDER_CALLER_BEFORE_ATTRIBUTES)
    void checksTheCallerBeforeTheAttributes() {
        ObjectNode event = Shop.order("");

        stranger.produce(event).refused(401, "unauthenticated");
        broker.client("desk").produce(event).refused(401, "not-allowed");
    }

    @Test
    @Proves(PRODUCE_ORDER_ATTRIBUTES_BEFORE_GRANTS)
    void checksTheAttributesOfEveryEventBeforeTypesAndSources() {
        shop.produce(Shop.order("1").put("source", "/elsewhere"), Shop.event("No.Such.Type.Known", "2"), Shop.order(""))
                .refused(400, "malformed-event")
                .naming("2 - /id");
    }

    @Test
    @Proves(PRODUCE_ORDER_GRANTS_BEFORE_SCHEMA)
    void checksTypesAndSourcesBeforeSchemas() {
        ObjectNode invalid = Shop.event(Shop.WEIGHED, "1");
        invalid.putObject("data");

        shop.produce(invalid, Shop.order("2").put("source", "/elsewhere"))
                .refused(401, "not-allowed")
                .naming("1 2 /source");
    }
}
