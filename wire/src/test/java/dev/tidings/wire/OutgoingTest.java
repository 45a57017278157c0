package dev.tidings.wire;

import static dev.tidings.wire.StructuredTest.LATEST;
import static dev.tidings.wire.StructuredTest.REQUIRED;
import static dev.tidings.wire.StructuredTest.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.Delivery;
import dev.tidings.model.Event;
import dev.tidings.model.Lane;
import dev.tidings.wire.BinaryMessage.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTest {
    private final CloudEvents events = new CloudEvents(CloudEvents.Limits.DEFAULT);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{\"id\":\"1\"};{\"offset\":\"7\",\"id\":\"1\"}",
                "\n { \"id\" : 1 } ;{\"offset\":\"7\", \"id\" : 1 }",
                "{};{\"offset\":\"7\"}",
                "{ \t};{\"offset\":\"7\" \t}"
            })
    void splicesTheOffsetInBehindTheBrace(String stored, String sent) {
        Delivery delivery = delivery(7, true, Bytes.utf8("xx" + stored + "yy").slice(2, 2 + stored.length()));

        assertThat(text(Outgoing.structured(delivery))).isEqualTo(sent.strip());
        assertThat(text(Outgoing.head(delivery)) + Outgoing.tail(delivery).toUtf8())
                .isEqualTo(sent.strip());
        assertThat(Outgoing.tail(delivery).array()).isSameAs(delivery.json().array());
    }

    @Test
    void addsTheTimeOfAcceptanceWhereTheProducerGaveNone() {
        assertThat(text(Outgoing.structured(delivery(1, false, Bytes.utf8("{\"id\":\"1\"}")))))
                .isEqualTo("{\"offset\":\"1\",\"time\":\"2026-01-02T03:04:05.006Z\",\"id\":\"1\"}");
        assertThat(text(Outgoing.structured(delivery(1, false, Bytes.utf8("{}")))))
                .isEqualTo("{\"offset\":\"1\",\"time\":\"2026-01-02T03:04:05.006Z\"}");
    }

    @Test
    void leavesTheOffsetAwayWhereThereIsNone() {
        Bytes stored = Bytes.utf8("{\"a\":1}");

        assertThat(text(Outgoing.structured(delivery(Delivery.NO_OFFSET, true, stored))))
                .isEqualTo("{\"a\":1}");
        assertThat(text(Outgoing.structured(delivery(Delivery.NO_OFFSET, false, stored))))
                .isEqualTo("{\"time\":\"2026-01-02T03:04:05.006Z\",\"a\":1}");
        assertThat(text(Outgoing.structured(delivery(Delivery.NO_OFFSET, true, Bytes.utf8("{}")))))
                .isEqualTo("{}");
        assertThat(Outgoing.binary(delivery(Delivery.NO_OFFSET, true, stored)).headers())
                .extracting(BinaryMessage.Header::name)
                .containsExactly("ce-a");
    }

    @Test
    void writesABatchAsAnArray() {
        Delivery delivery = delivery(1, true, Bytes.utf8("{\"a\":1}"));

        assertThat(text(Outgoing.batch(List.of()))).isEqualTo("[]");
        assertThat(text(Outgoing.batch(List.of(delivery, delivery))))
                .isEqualTo("[{\"offset\":\"1\",\"a\":1},{\"offset\":\"1\",\"a\":1}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{%s}",
                "  {%s , \"data\":{\"a\":[1]}}  ",
                "{\"data\":\"x\",\"datacontenttype\":\"text/plain\",%s}",
                "{%s,\"data_base64\":\"YQ==\",\"ext\":5}",
                "{\"time\":null,%s}"
            })
    void isReadBackAsWhatWasStored(String template) {
        Event event = stored(template);

        Decoded again = events.structured(Bytes.of(Outgoing.structured(delivery(9, true, event.json()))), LATEST);
        Decoded batch = events.batch(Bytes.of(Outgoing.batch(List.of(delivery(9, true, event.json())))), LATEST);

        assertThat(submission(again).events()).singleElement().satisfies(read -> {
            assertThat(read.id()).isEqualTo(event.id());
            assertThat(read.data()).isEqualTo(event.data());
            assertThat(read.json().toUtf8().replace(" ", ""))
                    .isEqualTo(event.json().toUtf8().replace(" ", ""));
        });
        assertThat(submission(batch).events()).isEqualTo(submission(again).events());
    }

    @Test
    void writesAttributesAsHeaders() {
        BinaryMessage message = binary(
                "{%s,\"subject\":\"caf\u00e9 \\\"1\\\" 5%%\",\"flag\":true,\"n\":-5,\"none\":null,\"data\": {\"a\" : 1.0} }");

        assertThat(message.headers())
                .containsExactly(
                        new Header("ce-offset", "7"),
                        new Header("ce-specversion", "1.0"),
                        new Header("ce-id", "1"),
                        new Header("ce-source", "/s"),
                        new Header("ce-type", "a.b"),
                        new Header("ce-subject", "caf%C3%A9%20%221%22%205%25"),
                        new Header("ce-flag", "true"),
                        new Header("ce-n", "-5"));
        assertThat(message.contentType()).isEqualTo("application/json");
        assertThat(message.body().toUtf8()).isEqualTo("{\"a\" : 1.0}");
    }

    @Test
    void addsTheTimeAsAHeader() {
        assertThat(Outgoing.binary(delivery(7, false, Bytes.utf8("{}"))).headers())
                .containsExactly(new Header("ce-offset", "7"), new Header("ce-time", "2026-01-02T03:04:05.006Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "\"data\":\"a\\t\u00e9\",\"datacontenttype\":\"text/plain\";text/plain;a\t\u00e9",
                "\"data\":\"<a\\/>\",\"datacontenttype\":\"text/xml\";text/xml;<a/>",
                "\"data\":\"a\",\"datacontenttype\":\"x/y+json\";x/y+json;\"a\"",
                "\"data\":\"a\";application/json;\"a\"",
                "\"data\":5,\"datacontenttype\":\"text/plain\";text/plain;5",
                "\"data_base64\":\"w6k=\",\"datacontenttype\":\"a/b\";a/b;\u00e9",
                "\"data_base64\":\"w6k=\",\"data\":null;-;\u00e9",
                "\"data\":null;application/json;null",
                "\"x\":1;-;-",
                "\"datacontenttype\":\"a/b\";a/b;-"
            })
    void writesThePayloadAsTheBody(String members, String contentType, String body) {
        BinaryMessage message = binary("{%s," + members + "}");

        assertThat(message.contentType()).isEqualTo(contentType);
        assertThat(message.body().toUtf8()).isEqualTo(body == null ? "" : body);
    }

    @Test
    void makesBinaryModeOfBinaryMode() {
        Bytes body = Bytes.of(new byte[] {0, (byte) 0xff, 'a'});
        BinaryMessage sent = new BinaryMessage("application/octet-stream", BinaryTest.REQUIRED, body);
        Event event = submission(events.binary(sent, LATEST)).events().getFirst();

        BinaryMessage received = Outgoing.binary(delivery(7, true, event.json()));

        assertThat(received.body()).isEqualTo(body);
        assertThat(received.contentType()).isEqualTo("application/octet-stream");
        assertThat(received.headers()).hasSize(5);
    }

    /// A dead event is whatever its reporter wrote.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\\r\\nb\":\"x\"}", "{\"\":1}", "{\"caf\u00e9\":1}", "{\"datacontenttype\":\"a/b\\r\\nx: y\"}",
                "{\"datacontenttype\":5}", "{\"data_base64\":5}", "{\"data_base64\":\"?\"}",
                        "{\"id\":{\"a\":\"\\r\\n\u00e9\"}}",
                "{\"offset\":[]}", "{\"id\":\"\\ud800\\u0000\"}"
            })
    void writesHeadersThatHttpCanCarryWhateverIsStored(String json) {
        BinaryMessage message = Outgoing.binary(delivery(1, true, Bytes.utf8(json)));

        assertThat(message.headers()).allSatisfy(header -> {
            assertThat(header.name()).matches("ce-[a-z0-9]+");
            assertThat(header.value()).matches("[!-~]*");
        });
        assertThat(String.valueOf(message.contentType())).matches("[ -~]+");
    }

    private BinaryMessage binary(String template) {
        return Outgoing.binary(delivery(7, true, stored(template).json()));
    }

    private Event stored(String template) {
        var submission = submission(events.structured(Bytes.utf8(template.formatted(REQUIRED)), LATEST));
        assertThat(submission.flaws()).isEmpty();
        return submission.events().getFirst();
    }

    private static Delivery delivery(long offset, boolean timed, Bytes json) {
        return new Delivery(offset, Lane.EVENTS, 1_767_323_045_006L, timed, json);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
