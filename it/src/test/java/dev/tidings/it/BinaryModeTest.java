package dev.tidings.it;

import static dev.tidings.it.Statement.PRODUCE_EXTENSIONS_KEPT;
import static dev.tidings.it.Statement.PRODUCE_HEADERS_DECODED;
import static dev.tidings.it.Statement.PRODUCE_OFFSET_DROPPED;
import static dev.tidings.it.Statement.PRODUCE_RAW_BINARY;
import static dev.tidings.it.Statement.PRODUCE_RAW_JSON;
import static dev.tidings.it.Statement.PRODUCE_RAW_TEXT;
import static dev.tidings.it.Statement.PRODUCE_TIME_SET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Events in binary mode: attributes in headers, the payload as the body.
class BinaryModeTest {
    @RegisterExtension
    static final RunningBroker broker = RunningBroker.with(Shop.CATALOG);

    private Client shop;
    private PolledInstance desk;

    @BeforeEach
    void open() {
        shop = broker.client("shop");
        desk = broker.client("desk").poll("");
    }

    @AfterEach
    void close() {
        desk.confirm();
        desk.delete();
    }

    @Test
    @Proves(PRODUCE_RAW_JSON)
    void takesJson() {
        shop.send(Call.raw("json").type("application/json").body(" {\"grams\": 1.50} "))
                .accepted(1, 0);

        JsonNode delivered = next();
        assertThat(delivered.path("id").asString()).isEqualTo("json");
        assertThat(delivered.path("data")).isEqualTo(Json.parse("{\"grams\": 1.50}"));
        assertThat(delivered.path("datacontenttype").asString()).isEqualTo("application/json");
    }

    @Test
    @Proves(PRODUCE_RAW_JSON)
    void takesAJsonPayloadThatIsNoObject() {
        shop.send(Call.raw("scalar").type("application/json").body("\"a string\""))
                .accepted(1, 0);

        assertThat(next().path("data").asString()).isEqualTo("a string");
    }

    @Test
    @Proves(PRODUCE_RAW_BINARY)
    void takesBytes() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        shop.send(Call.raw("bytes").type("application/octet-stream").body(Bytes.of(bytes)))
                .accepted(1, 0);

        JsonNode delivered = next();
        assertThat(Base64.getDecoder().decode(delivered.path("data_base64").asString()))
                .isEqualTo(bytes);
        assertThat(delivered.path("datacontenttype").asString()).isEqualTo("application/octet-stream");
    }

    @Test
    @Proves(PRODUCE_RAW_TEXT)
    void takesText() {
        shop.send(Call.raw("text").type("text/plain; charset=utf-8").body("grüezi \"du\"\n\u0001"))
                .accepted(1, 0);

        JsonNode delivered = next();
        assertThat(delivered.path("data").asString()).isEqualTo("grüezi \"du\"\n\u0001");
        assertThat(delivered.path("datacontenttype").asString()).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    @Proves(PRODUCE_RAW_JSON)
    void deliversInBinaryModeWhatItTookInBinaryMode() {
        shop.send(Call.raw("round")
                        .type("application/json")
                        .header("ce-rank", "5")
                        .body("{ \"a\":  1 }"))
                .accepted(1, 0);

        Reply delivered = desk.poll("raw?timeout=60").expect(200);

        assertThat(delivered.text()).isEqualTo("{ \"a\":  1 }");
        assertThat(delivered.header("Content-Type")).isEqualTo("application/json");
        assertThat(delivered.header("ce-id")).isEqualTo("round");
        assertThat(delivered.header("ce-rank")).isEqualTo("5");
        assertThat(delivered.header("ce-offset")).isEqualTo("1");
    }

    @Test
    @Proves(PRODUCE_TIME_SET)
    void setsTheTimeWhereItIsAbsent() {
        shop.send(Call.raw("timeless")).accepted(1, 0);

        assertThat(next().path("time").asString()).isNotEmpty();
    }

    @Test
    @Proves(PRODUCE_HEADERS_DECODED)
    void decodesPercentEncodedHeaders() {
        shop.send(Call.raw("h1")
                        .header("ce-subject", "Euro%20%E2%82%AC%20%F0%9F%98%80")
                        .header("ce-note", "100%25"))
                .accepted(1, 0);

        JsonNode delivered = next();
        assertThat(delivered.path("subject").asString()).isEqualTo("Euro € \uD83D\uDE00");
        assertThat(delivered.path("note").asString()).isEqualTo("100%");
    }

    @Test
    @Proves(PRODUCE_HEADERS_DECODED)
    void refusesHeadersThatDoNotDecodeToText() {
        shop.send(Call.raw("h2").header("ce-subject", "%C0%A0"))
                .refused(400, "malformed-event")
                .naming("0 h2 /subject");
    }

    @Test
    @Proves(PRODUCE_EXTENSIONS_KEPT)
    void keepsExtensionAttributesOfAnyCase() {
        shop.send(Call.raw("x").header("CE-TraceParent", "00-aa-bb-01")).accepted(1, 0);

        assertThat(next().path("traceparent").asString()).isEqualTo("00-aa-bb-01");
    }

    @Test
    @Proves(PRODUCE_OFFSET_DROPPED)
    void dropsAnOffset() {
        shop.send(Call.raw("o").header("ce-offset", "77")).accepted(1, 0);

        assertThat(next().path("offset").asString()).isEqualTo("1");
    }

    private JsonNode next() {
        return desk.event();
    }
}
