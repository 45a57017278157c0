package dev.tidings.it;

import static dev.tidings.it.Statement.ERRORS_ARE_PROBLEMS;
import static dev.tidings.it.Statement.PRODUCE_EVENT;
import static dev.tidings.it.Statement.PRODUCE_EVENTS;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What few clients do with HTTP/1.1, and each may.
class BareHttpTest {
    private static final String[] HEADERS = {"Authorization: Bearer shop", "Content-Type: " + Call.BATCH};

    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    @Test
    @Proves(PRODUCE_EVENT)
    void takesABodyInChunks() {
        String event = Shop.order("chunks").toString();
        try (Raw raw = new Raw(broker.address())) {
            raw.head(
                    "POST /ce/produce/event HTTP/1.1",
                    HEADERS[0],
                    "Content-Type: " + Call.EVENT,
                    "Transfer-Encoding: chunked");
            for (int i = 0; i < event.length(); i++) {
                raw.write("1;x=y\r\n" + event.charAt(i) + "\r\n");
            }
            raw.write("0\r\nTrailer: x\r\n\r\n");

            raw.reply().accepted(1, 0);
        }
    }

    @Test
    @Proves(PRODUCE_EVENTS)
    void answersPipelinedRequestsInTheirOrder() {
        String large = Shop.order("large").put("subject", "x").toString() + " ".repeat(500_000);
        String small = Shop.order("small").toString();
        try (Raw raw = new Raw(broker.address())) {
            raw.write(post("[" + large + "]") + post("[]") + post("[" + small + "," + small + "]") + post("{"));

            raw.reply().accepted(1, 0);
            raw.reply().accepted(0, 0);
            raw.reply().accepted(2, 1);
            raw.reply().refused(400, "malformed-request");
        }
    }

    @Test
    @Proves(ERRORS_ARE_PROBLEMS)
    void goesOnOnAConnectionOnWhichItRefused() {
        try (Raw raw = new Raw(broker.address())) {
            raw.write(post("[{}]"));
            raw.reply().refused(400, "malformed-event");

            raw.write(post("[]"));

            raw.reply().accepted(0, 0);
        }
    }

    private static String post(String body) {
        return "POST /ce/produce/events HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", HEADERS) + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }
}
