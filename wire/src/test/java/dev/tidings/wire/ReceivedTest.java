package dev.tidings.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.tidings.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedTest {
    @Test
    void readsAListOfEvents() {
        assertThat(Received.batch(Bytes.utf8(" [{\"offset\":\"1\",\"id\":\"a\"} , {\"offset\":\"2\",\"data\":[{}]}]")))
                .hasValueSatisfying(events ->
                        assertThat(events).extracting(Received::offset).containsExactly(1L, 2L));
        assertThat(Received.batch(Bytes.utf8("[]"))).hasValue(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "[1]",
                "[{}]",
                "[{\"offset\":\"1\"}",
                "[{\"offset\":\"1\"}]x",
                "[{\"offset\":\"1\"},{}]"
            })
    void readsNoListOfEventsWhereItIsNone(String text) {
        assertThat(Received.batch(Bytes.utf8(text))).isEmpty();
    }

    @Test
    void tellsOffsetAttributesAndPayload() {
        Received event = received("{\"offset\":\"7\",\"id\":\"1\",\"count\":-3,\"late\":true,\"data\": {\"a\": 1} }");

        assertThat(event.offset()).isEqualTo(7);
        assertThat(event.attributes()).containsExactly(entry("id", "1"), entry("count", -3), entry("late", true));
        assertThat(data(event)).isEqualTo("{\"a\": 1}");
    }

    @Test
    void unpacksTextAndBase64AsTheirMediaTypeSays() {
        assertThat(data(received("{\"offset\":\"1\",\"data\":\"a\\nb\",\"datacontenttype\":\"text/plain\"}")))
                .isEqualTo("a\nb");
        assertThat(data(received("{\"offset\":\"1\",\"data\":\"a\\nb\"}"))).isEqualTo("\"a\\nb\"");
        assertThat(data(received("{\"offset\":\"1\",\"data_base64\":\"YWIA\"}")))
                .isEqualTo("ab\0");
    }

    @Test
    void hasNoPayloadWhereThereIsNone() {
        assertThat(received("{\"offset\":\"1\"}").data()).isNull();
        assertThat(received("{\"offset\":\"1\",\"data\":null}").data()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"offset\":1}",
                "{\"offset\":\"0\"}",
                "{\"offset\":\"1\"",
                "{\"offset\":\"1\",\"a\":99999999999}"
            })
    void isNothingWhereItIsNoEventWithAnOffset(String message) {
        assertThat(Received.parse(Bytes.utf8(message))).isEmpty();
    }

    @Test
    void isReadWithoutAnOffsetWhereNobodyDeliveredIt() {
        Received event =
                Received.written(Bytes.utf8("{\"id\":\"1\",\"data\":[2]}")).orElseThrow();

        assertThat(event.offset()).isZero();
        assertThat(event.attributes()).containsEntry("id", "1");
        assertThat(data(event)).isEqualTo("[2]");
    }

    @Test
    void readsWhatProducersWrite() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("offset", "1");
        attributes.put("id", "é\"\n");
        attributes.put("count", 3);
        attributes.put("late", false);
        for (String type : List.of("application/json", "text/plain", "application/octet-stream", "image/png")) {
            attributes.put("datacontenttype", type);

            Received event = Received.parse(EventText.of(attributes, Bytes.utf8("[\"é\"]")))
                    .orElseThrow();

            assertThat(data(event)).as(type).isEqualTo("[\"é\"]");
            assertThat(event.attributes()).containsEntry("id", "é\"\n").containsEntry("count", 3);
            assertThat(event.attributes()).containsEntry("late", false).containsEntry("datacontenttype", type);
        }
    }

    @Test
    void writesBytesThatAreNoTextInBase64() {
        Bytes latin = Bytes.of("é".getBytes(StandardCharsets.ISO_8859_1));

        Bytes json = EventText.of(Map.of("datacontenttype", "text/plain"), latin);

        assertThat(json.toUtf8()).isEqualTo("{\"datacontenttype\":\"text/plain\",\"data_base64\":\"6Q==\"}");
    }

    @Test
    void putsBatchesTogether() {
        assertThat(EventText.batch(List.of()).toUtf8()).isEqualTo("[]");
        assertThat(EventText.batch(List.of(Bytes.utf8("{}"), Bytes.utf8("{}"))).toUtf8())
                .isEqualTo("[{},{}]");
    }

    private static Received received(String message) {
        return Received.parse(Bytes.utf8(message)).orElseThrow();
    }

    private static String data(Received event) {
        return event.data() == null ? "(none)" : event.data().toUtf8();
    }
}
