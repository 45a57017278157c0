package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.model.Bytes;
import dev.tidings.model.Event;
import dev.tidings.model.EventType;
import dev.tidings.model.Refusal;
import dev.tidings.model.Submission;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredTest {
    static final Instant LATEST = Instant.parse("2026-06-01T12:00:00Z");
    static final String REQUIRED = "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"a.b\"";

    private final CloudEvents events = new CloudEvents(CloudEvents.Limits.DEFAULT);

    @Test
    void cutsTheEventOutOfTheBodyItself() {
        Bytes body = Bytes.utf8(" { %s , \"data\" : {\"x\":[1,\"}\"]} , \"n\":5}\n".formatted(REQUIRED));

        Event event = only(body);

        assertThat(event.json()).isEqualTo(body.slice(1, body.length() - 1));
        assertThat(event.json().array()).isSameAs(body.array());
        assertThat(event.data()).isEqualTo(new Event.Data.Json(Bytes.utf8("{\"x\":[1,\"}\"]}")));
    }

    @Test
    void tellsTheAttributesThatTheBrokerDecidesBy() {
        Event event = only("{%s,\"partitionkey\":\"k\u00e9\",\"time\":\"2026-06-01T13:00:00.5+02:00\"}");

        assertThat(event.id()).isEqualTo("1");
        assertThat(event.source()).isEqualTo("/s");
        assertThat(event.type()).isEqualTo(new EventType("a.b"));
        assertThat(event.partitionKey()).isEqualTo("k\u00e9");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-06-01T11:00:00.5Z"));
        assertThat(event.data()).isEqualTo(new Event.Data.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataref", "d\\u0061taref", "\\u0064ataref"})
    void tellsWhereThePayloadIsHoweverThatIsWritten(String name) {
        assertThat(only("{%s,\"" + name + "\":\"https://b\\/ce/payloads/\\u0031\"}")
                        .dataRef())
                .isEqualTo("https://b/ce/payloads/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "17"})
    void takesAReferenceThatIsNoTextAsAnyExtension(String value) {
        assertThat(only("{%s,\"dataref\":" + value + "}").dataRef()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"text\"",
                "\"\"",
                "\"a\\\"b\\\\\"",
                "\"\u00e9\ud83d\ude00\"",
                "0",
                "-12.5e+3",
                "true",
                "false",
                "null",
                "[]",
                "{}",
                "[[{\"a\":null}]]"
            })
    void cutsOutEveryKindOfData(String data) {
        assertThat(only("{\"data\":" + data + ",%s}").data()).isEqualTo(new Event.Data.Json(Bytes.utf8(data)));
        assertThat(only("{%s, \"data\" :\n" + data + "\t}").data()).isEqualTo(new Event.Data.Json(Bytes.utf8(data)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"offset\":\"5\",%s}",
                "{ \"offset\" : 5 , %s}",
                "{%s,\"offset\":\"5\"}",
                "{%s , \"\\u006fffset\" : {\"x\":\"}\"} }",
                "{%s,\"time\":null,\"offset\":null}",
                "{\"offset\":1,%s,\"time\" : null}"
            })
    void dropsOffsetAndATimeOfNull(String body) {
        Event event = only(body);

        assertThat(event.json().toUtf8().replace(" ", "")).isEqualTo("{" + REQUIRED + "}");
    }

    @Test
    void keepsTheDataOfAnEventThatLosesItsOffset() {
        Event event = only("{\"offset\":\"1\",\"data\":{\"offset\":\"2\"},%s}");

        assertThat(event.json().toUtf8()).isEqualTo("{\"data\":{\"offset\":\"2\"}," + REQUIRED + "}");
        assertThat(event.data()).isEqualTo(new Event.Data.Json(Bytes.utf8("{\"offset\":\"2\"}")));
    }

    private Event only(String template) {
        return only(Bytes.utf8(template.formatted(REQUIRED)));
    }

    private Event only(Bytes body) {
        Submission submission = submission(events.structured(body, LATEST));
        assertThat(submission.flaws()).isEmpty();
        assertThat(submission.events()).hasSize(1);
        return submission.events().getFirst();
    }

    static Submission submission(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Parsed(var submission) -> submission;
            case Decoded.Refused(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    static Refusal refusal(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Parsed(var submission) -> throw new AssertionError("parsed: " + submission);
            case Decoded.Refused(var refusal) -> refusal;
        };
    }
}
