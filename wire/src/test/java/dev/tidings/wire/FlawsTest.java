package dev.tidings.wire;

import static dev.tidings.wire.StructuredTest.LATEST;
import static dev.tidings.wire.StructuredTest.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.Flaw;
import dev.tidings.model.Submission;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlawsTest {
    private final CloudEvents events = new CloudEvents(CloudEvents.Limits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'specversion':'0.3'",
                "'specversion':'1'",
                "'specversion':1.0",
                "'id':''",
                "'id':5",
                "'source':''",
                "'source':'a b'",
                "'source':['/s']",
                "'type':''",
                "'type':'a..b'",
                "'type':{}",
                "'subject':''",
                "'subject':true",
                "'time':''",
                "'time':'yesterday'",
                "'time':5",
                "'time':'2026-06-01T12:00:00.001Z'",
                "'partitionkey':''",
                "'partitionkey':1",
                "'datacontenttype':'json'",
                "'datacontenttype':''",
                "'dataschema':'/relative'",
                "'dataschema':''",
                "'dataschema':5",
                "'data_base64':'YQ='",
                "'data_base64':'Y'",
                "'data_base64':'a b='",
                "'data_base64':{'a':1}",
                "'ext':{}",
                "'ext':['a']",
                "'ext':1.5",
                "'ext':2147483648",
                "'ext':1e2",
                "'Ext':'a'",
                "'my_ext':1",
                "'':'x'",
                "'caf\u00e9':'x'",
                "'id':'a\\u0000b'",
                "'subject':'\\ud800'",
                "'subject':'\\udc00\\ud800'",
                "'ext':'\\n'",
                "'subject':'\\uffff'",
                "'subject':'\\u0085'"
            })
    void areToldByAPointerToTheAttribute(String member) {
        String json = member.replace('\'', '"');
        String name = json.substring(1, json.indexOf('"', 1));

        List<Flaw> flaws = submission(events.structured(event(json), LATEST)).flaws();

        assertThat(flaws).extracting(Flaw::pointer).containsExactly("/" + name);
        assertThat(flaws.getFirst().reason()).startsWith(name + " ");
        assertThat(flaws.getFirst().id()).isEqualTo(name.equals("id") ? null : "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'subject':'caf\u00e9 \ud83d\ude00'",
                "'subject':null",
                "'ext':'x'",
                "'ext':true",
                "'ext':-2147483648",
                "'ext':null",
                "'ext':''",
                "'anextensionwithmorethantwentycharacters':1",
                "'1':'x'",
                "'time':'2026-06-01T12:00:00Z'",
                "'dataschema':'urn:x:y'",
                "'datacontenttype':'text/plain'",
                "'partitionkey':' '",
                "'data_base64':''",
                "'data_base64':'YQ=='",
                "'data_base64':'YQ'",
                "'data_base64':'\\/\\/8='",
                "'data':null"
            })
    void areNotFoundWhereThereAreNone(String member) {
        String json = member.replace('\'', '"');

        Submission submission = submission(events.structured(event(json), LATEST));

        assertThat(submission.flaws()).isEmpty();
        assertThat(submission.events()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "subject", "partitionkey"})
    void beginAt1025Characters(String name) {
        assertThat(flawsOf(name, "x".repeat(1024))).isEmpty();
        assertThat(flawsOf(name, "x".repeat(1025))).hasSize(1);
    }

    @Test
    void nameWhatIsMissing() {
        Submission submission = submission(events.structured(Bytes.utf8("{\"id\":null}"), LATEST));

        assertThat(submission.flaws())
                .extracting(Flaw::reason)
                .containsExactly("specversion is missing", "id is missing", "source is missing", "type is missing");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = ';',
            value = {"\"data\":1,\"data_base64\":\"YQ==\"", "\"data_base64\":\"YQ==\",\"data\":{}"})
    void areTwoPayloadsInOneEvent(String members) {
        assertThat(submission(events.structured(event(members), LATEST)).flaws())
                .extracting(Flaw::pointer)
                .containsExactly("/data_base64");
    }

    @Test
    void tellTheBinaryPayloadFromTheJson() {
        assertThat(only("\"data_base64\":\"YQ==\"").data()).isEqualTo(new Event.Data.Opaque("application/json"));
        assertThat(only("\"data\":\"<a/>\",\"datacontenttype\":\"text/xml\"").data())
                .isEqualTo(new Event.Data.Opaque("text/xml"));
        assertThat(only("\"datacontenttype\":\"application/a+json\",\"data\":1").data())
                .isEqualTo(new Event.Data.Json(Bytes.utf8("1")));
        assertThat(only("\"data_base64\":null,\"data\":1").data()).isEqualTo(new Event.Data.Json(Bytes.utf8("1")));
    }

    @Test
    void escapeThePointer() {
        assertThat(submission(events.structured(event("\"a/b~\":1"), LATEST)).flaws())
                .extracting(Flaw::pointer)
                .containsExactly("/a~1b~0");
    }

    @Test
    void areAHundredAtMostInOneEvent() {
        String members =
                IntStream.range(0, 2000).mapToObj(i -> "\"X" + i + "\":1").collect(Collectors.joining(","));

        assertThat(submission(events.structured(event(members), LATEST)).flaws())
                .hasSize(100);
    }

    @Test
    void showLongValuesShort() {
        assertThat(flawsOf("time", "9".repeat(50_000)).getFirst().reason()).hasSizeLessThan(300);
    }

    private List<Flaw> flawsOf(String name, String value) {
        return submission(events.structured(event("\"" + name + "\":\"" + value + "\""), LATEST))
                .flaws();
    }

    private Event only(String member) {
        return submission(events.structured(event(member), LATEST)).events().getFirst();
    }

    /// A sound event, but for this member.
    private static Bytes event(String member) {
        String name = member.substring(0, member.indexOf(':'));
        Stream<String> others =
                Stream.of(StructuredTest.REQUIRED.split(",")).filter(other -> !other.startsWith(name + ":"));
        return Bytes.utf8(Stream.concat(others, Stream.of(member)).collect(Collectors.joining(",", "{", "}")));
    }
}
