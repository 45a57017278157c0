package dev.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Where requests to sinks may go: nobody gets the broker to call what only the broker can reach.
class SinkAddressTest {
    private static final String PATH = "/ce/subscriptions";
    private static final NameServer NAMES = new NameServer();
    private static final ServerProcess SERVER =
            ServerProcess.with(Shop.CATALOG).configured("""
            callbacks:
              allow: [127.0.0.1]
              name-servers: [%s]
              retry: { first: 500ms, longest: 500ms }
            """.formatted(NAMES.address()));

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        NAMES.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://127.0.0.2/",
                "https://169.254.169.254/latest/meta-data",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://224.0.0.1/",
                "https://[::1]/",
                "https://[fe80::1]/",
                "https://[fd00:ec2::254]/",
                "https://[::ffff:10.0.0.1]/",
                "http://[64:ff9b::a9fe:a9fe]/"
            })
    @Proves(Statement.SINK_ADDRESSES)
    void isRefusedWhereItIsNotPublic(String sink) {
        SERVER.client("desk")
                .send(Call.post(PATH).body(Subscriber.to(sink).toString()))
                .refused(400, "malformed-request")
                .naming("0 - /sink")
                .saying("callbacks.allow");
    }

    @Test
    @Proves(Statement.SINK_ADDRESSES)
    void isJudgedEachTimeItsNameIsLookedUp() {
        try (HookSink allowed = new HookSink();
                HookSink forbidden = new HookSink(new InetSocketAddress("127.0.0.2", allowed.port()))) {
            NAMES.leadTo("127.0.0.1");
            String sink = "http://changing.example.org:" + allowed.port() + "/a";
            Client desk = SERVER.client("desk");
            String subscription = PATH + "/"
                    + desk.send(Call.post(PATH).body(Subscriber.to(sink).toString()))
                            .expect(201)
                            .json()
                            .path("id")
                            .asString();
            shop("1");
            assertThat(allowed.awaitIds("/a", 1)).containsExactly("1");

            NAMES.leadTo("127.0.0.2");
            shop("2");
            assertThat(failure(desk, subscription)).contains("changing.example.org is at 127.0.0.2");
            NAMES.leadTo("127.0.0.1");

            assertThat(allowed.awaitIds("/a", 2)).containsExactly("1", "2");
            assertThat(forbidden.ids("/a")).isEmpty();
            assertThat(forbidden.questions("/a")).isEmpty();
        }
    }

    private static void shop(String id) {
        SERVER.client("shop").produce(Shop.order(id)).expect(200);
    }

    private static String failure(Client desk, String subscription) {
        JsonNode status = Json.object();
        while (!status.has("lastFailure")) {
            status = desk.get(subscription + "/status").expect(200).json();
        }
        assertThat(status.path("lastFailure").path("at").asString())
                .as("in milliseconds")
                .matches("[0-9T:-]{19}(\\.[0-9]{3})?Z");
        return status.path("lastFailure").path("reason").asString();
    }
}
