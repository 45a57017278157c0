package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.DataSize;
import dev.tidings.model.ErrorCode;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.wire.BinaryMessage.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryTest {
    static final List<Header> REQUIRED = List.of(
            new Header("ce-specversion", "1.0"),
            new Header("CE-Id", "1"),
            new Header("ce-source", "/s"),
            new Header("ce-type", "a.b"));
    private static final String REQUIRED_JSON = StructuredTest.REQUIRED;

    private final CloudEvents events = new CloudEvents(CloudEvents.Limits.DEFAULT);

    @Test
    void writesTheEventAsJson() {
        Event event = only("application/json", " {\"x\": 1.0} ", new Header("ce-subject", "caf%C3%A9%20%22x%22"));

        assertThat(event.json().toUtf8())
                .isEqualTo("{" + REQUIRED_JSON
                        + ",\"subject\":\"caf\u00e9 \\\"x\\\"\",\"datacontenttype\":\"application/json\""
                        + ",\"data\":{\"x\": 1.0}}");
        assertThat(event.data()).isEqualTo(new Event.Data.Json(Bytes.utf8("{\"x\": 1.0}")));
        assertThat(event.id()).isEqualTo("1");
    }

    @Test
    void turnsTextIntoAString() {
        Event event = only("text/plain; charset=UTF-8", "a\"\\\n\u0001\u00e9\ud83d\ude00");

        assertThat(event.json().toUtf8()).endsWith(",\"data\":\"a\\\"\\\\\\u000a\\u0001\u00e9\ud83d\ude00\"}");
        assertThat(event.data()).isEqualTo(new Event.Data.Opaque("text/plain; charset=UTF-8"));
    }

    @Test
    void turnsOtherPayloadsIntoBase64() {
        assertThat(only("application/octet-stream", "ab\u0000").json().toUtf8()).endsWith(",\"data_base64\":\"YWIA\"}");
        assertThat(only("application/xml", "<a/>").json().toUtf8()).endsWith(",\"data_base64\":\"PGEvPg==\"}");
        assertThat(only("text/plain;charset=latin1", "ab\u0000").json().toUtf8())
                .endsWith("\"YWIA\"}");
    }

    @Test
    void turnsTextThatIsNotUtf8IntoBase64() {
        Bytes latin = Bytes.of("\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        Event event = StructuredTest.submission(
                        events.binary(new BinaryMessage("text/plain", REQUIRED, latin), StructuredTest.LATEST))
                .events()
                .getFirst();

        assertThat(event.json().toUtf8()).endsWith(",\"data_base64\":\"6Q==\"}");
    }

    @Test
    void guessesAPayloadWithoutAContentType() {
        assertThat(only(null, "{}").json().toUtf8()).isEqualTo("{" + REQUIRED_JSON + ",\"data\":{}}");
        assertThat(only(null, "{").json().toUtf8())
                .endsWith("\"datacontenttype\":\"application/octet-stream\",\"data_base64\":\"ew==\"}");
    }

    @Test
    void takesAnEmptyBodyAsNoPayload() {
        Event event = only("application/json", "");

        assertThat(event.data()).isEqualTo(new Event.Data.None());
        assertThat(event.json().toUtf8()).isEqualTo("{" + REQUIRED_JSON + ",\"datacontenttype\":\"application/json\"}");
    }

    @Test
    void dropsOffsetAndPassesOverOtherHeaders() {
        Event event = only(null, "", new Header("ce-offset", "7"), new Header("accept", "%%%"));

        assertThat(event.json().toUtf8()).isEqualTo("{" + REQUIRED_JSON + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "1,\"id\":\"2\"", "1}", "{}x", "nul", "\ufeff{}"})
    void refusesAJsonPayloadThatIsNone(String body) {
        assertThat(StructuredTest.refusal(decoded("application/json", body)).code())
                .isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void refusesAHeaderThatComesTwice() {
        var refusal = StructuredTest.refusal(decoded(null, "", new Header("Ce-ID", "2")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(refusal.detail()).contains("ce-id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"subject", "time", "data", "data_base64", "datacontenttype", "my-ext", "partitionkey", "x_y"})
    void namesTheHeaderThatIsFlawed(String attribute) {
        List<Flaw> flaws = flaws(new Header("ce-" + attribute, "%zz"));

        assertThat(flaws).singleElement().satisfies(flaw -> {
            assertThat(flaw.index()).isZero();
            assertThat(flaw.id()).isEqualTo("1");
            assertThat(flaw.pointer()).isEqualTo("/" + attribute);
        });
    }

    @Test
    void demandsWhatIsRequired() {
        var decoded = events.binary(new BinaryMessage(null, List.of(), Bytes.EMPTY), StructuredTest.LATEST);

        assertThat(StructuredTest.submission(decoded).flaws())
                .extracting(Flaw::pointer)
                .containsExactly("/specversion", "/id", "/source", "/type");
    }

    @Test
    void demandsAMediaType() {
        assertThat(StructuredTest.submission(decoded("plain text", "x")).flaws())
                .extracting(Flaw::pointer)
                .containsExactly("/datacontenttype");
    }

    @Test
    void refusesAnEventThatIsTooLargeAsJson() {
        CloudEvents small = new CloudEvents(new CloudEvents.Limits(new DataSize(190), 100, 10));
        Bytes body = Bytes.utf8("x".repeat(100));

        assertThat(small.binary(new BinaryMessage("text/plain", REQUIRED, body), StructuredTest.LATEST))
                .isInstanceOf(Decoded.Refused.class);
        assertThat(small.binary(new BinaryMessage("text/plain", REQUIRED, body.slice(0, 50)), StructuredTest.LATEST))
                .isInstanceOf(Decoded.Parsed.class);
    }

    private List<Flaw> flaws(Header... more) {
        return StructuredTest.submission(decoded(null, "", more)).flaws();
    }

    private Event only(String contentType, String body, Header... more) {
        var submission = StructuredTest.submission(decoded(contentType, body, more));
        assertThat(submission.flaws()).isEmpty();
        return submission.events().getFirst();
    }

    private Decoded decoded(String contentType, String body, Header... more) {
        List<Header> headers = new ArrayList<>(REQUIRED);
        headers.addAll(List.of(more));
        return events.binary(new BinaryMessage(contentType, headers, Bytes.utf8(body)), StructuredTest.LATEST);
    }
}
