package dev.tidings.it;

import static dev.tidings.it.Statement.STATUS_401_NOT_A_CONSUMER;
import static dev.tidings.it.Statement.STATUS_401_NOT_A_PRODUCER;
import static dev.tidings.it.Statement.STATUS_401_SOURCE;
import static dev.tidings.it.Statement.STATUS_401_TYPE;
import static dev.tidings.it.Statement.STATUS_401_UNKNOWN_CLIENT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is answered with 401.
class ForbiddenRequestsTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(
            Shop.CATALOG.client("till", "produces: { sources: [/shop/till], types: [" + Shop.PAID + "] }"));

    @ParameterizedTest
    @CsvSource({
        "GET,    /ce/tools/my-settings",
        "POST,   /ce/consumers",
        "GET,    /n1/ce/consumers/~default/instances/x/events",
        "POST,   /n1/ce/consumers/~default/instances/x/confirm",
        "DELETE, /n1/ce/consumers/~default/instances/x",
        "GET,    /admin/catalog",
        "PUT,    /admin/catalog",
        "GET,    /admin/dead"
    })
    @Proves(STATUS_401_UNKNOWN_CLIENT)
    void refusesAnUnknownClientEverywhere(String method, String path) {
        broker.clientWith("a-wrong-key").send(Call.of(method, path)).refused(401, "unauthenticated");
        broker.clientWith(null).send(Call.of(method, path)).refused(401, "unauthenticated");
    }

    @Test
    @Proves(STATUS_401_UNKNOWN_CLIENT)
    void refusesAnUnknownProducer() {
        Client stranger = broker.clientWith("a-wrong-key");

        stranger.produce(Shop.order("1")).refused(401, "unauthenticated");
        stranger.send(Call.raw("1")).refused(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"desk", "nobody", "admin"})
    @Proves(STATUS_401_NOT_A_PRODUCER)
    void refusesEventsOfWhoIsNoProducer(String client) {
        Reply reply = broker.client(client).produce(Shop.order("1"));

        reply.refused(401, "not-allowed").saying(client, "no producer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "nobody", "admin"})
    @Proves(STATUS_401_NOT_A_CONSUMER)
    void refusesAnInstanceToWhoIsNoConsumer(String client) {
        Reply reply = broker.client(client).post("/ce/consumers");

        reply.refused(401, "not-allowed").saying("no consumer");
    }

    @Test
    @Proves(STATUS_401_TYPE)
    void refusesATypeThatTheProducerMayNotUse() {
        Reply reply = broker.client("till").produce(Shop.order("1").put("source", "/shop/till"));

        reply.refused(401, "not-allowed").naming("0 1 /type");
    }

    @Test
    @Proves(STATUS_401_TYPE)
    void refusesATypeThatDoesNotExist() {
        Reply reply = broker.client("shop").produce(Shop.event("Shop.Web.Order.Plaecd", "1"));

        reply.refused(401, "not-allowed").naming("0 1 /type");
    }

    @Test
    @Proves(STATUS_401_TYPE)
    void refusesATypeThatTheConsumerMayNotUse() {
        broker.client("desk").post("/ce/consumers?types=Shop.Web.Order.Unknown").refused(401, "not-allowed");
    }

    @Test
    @Proves(STATUS_401_SOURCE)
    void refusesASourceThatTheProducerMayNotUse() {
        Reply reply = broker.client("till").produce(Shop.event(Shop.PAID, "1"));

        reply.refused(401, "not-allowed").naming("0 1 /source");
    }
}
